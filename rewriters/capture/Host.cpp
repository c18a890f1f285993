//===-- Host.cpp - the function that work is taken from -------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Host.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

Host ringfence::hostOf(const JudgedHandler &H) {
  return {H.In, &H.function(), H.H->Payload, "", H.H->Completion};
}

namespace {

/// A call that leads on.
struct Link {
  const File *In = nullptr;
  const Function *Fn = nullptr; ///< that makes it
  std::vector<Level> Levels;    ///< to its statement
  const Call *C = nullptr;
};

/// Looks for the one way from a statement of the handler to a helper.
class Way {
public:
  Way(const ProposeInput &In, const JudgedHandler &H, std::uint32_t From)
      : In(In), H(H), From(From) {}

  /// The calls from the handler to \p Fn, the handler's first, if there is one
  /// way of at most MaxCalls.
  std::vector<Link> to(const Function &Fn) {
    look(Fn, {});
    return Found.size() == 1 ? std::move(Found.front()) : std::vector<Link>();
  }

private:
  static constexpr std::size_t MaxCalls = 3;

  void look(const Function &Fn, const std::vector<Link> &Behind);

  const ProposeInput &In;
  const JudgedHandler &H;
  std::uint32_t From;
  std::vector<std::vector<Link>> Found;
};

} // namespace

void Way::look(const Function &Fn, const std::vector<Link> &Behind) {
  auto Try = [&](const File &F, const Function &Caller, const Step &S) {
    forEachStep(S, [&](const Step &Inner) {
      auto Take = [&](const Call &C) {
        if (C.Name != Fn.Name || Found.size() > 1)
          return;
        std::vector<FunctionRef> To = In.Functions.callees(C, {&F, &Caller});
        if (llvm::none_of(To,
                          [&](const FunctionRef &R) { return R.Fn == &Fn; }))
          return;
        std::vector<Link> All = {
            {&F, &Caller, levelsAt(Caller, C.Where.Begin), &C}};
        llvm::append_range(All, Behind);
        if (&Caller == &H.function())
          Found.push_back(std::move(All));
        else if (All.size() < MaxCalls &&
                 llvm::none_of(Behind,
                               [&](const Link &L) { return L.Fn == &Caller; }))
          look(Caller, All);
      };
      llvm::for_each(Inner.Calls, Take);
      for (const Arm &A : Inner.Arms)
        llvm::for_each(A.Calls, Take);
    });
  };
  std::vector<Level> Here = levelsAt(H.function(), From);
  if (!Here.empty())
    Try(*H.In, H.function(), Here.back().step());
  // The handler's own call is the shortest way.
  if (!Found.empty() || Behind.size() + 1 >= MaxCalls)
    return;
  llvm::StringRef Base = llvm::StringRef(Fn.Name).split(':').first;
  for (const std::string &Path : In.Project.filesWith(Base))
    if (const File *F = In.Project.file(Path))
      for (const Function &Caller : F->Functions)
        if (&Caller != &Fn && &Caller != &H.function())
          for (const Step &S : Caller.Steps)
            Try(*F, Caller, S);
}

/// The host that the call \p L of \p Caller leads to, \p Fn in \p In: what it
/// is handed, argument by argument.
static Host called(const ProposeInput &In, const Host &Caller, const Link &L,
                   const File &F, const Function &Fn) {
  Host Helper;
  Helper.In = &F;
  Helper.Fn = &Fn;
  Needs AtCall(In, Caller, L.Levels);
  for (std::size_t I = 0;
       I != L.C->Arguments.size() && I != Fn.Parameters.size(); ++I) {
    const Value &V = L.C->Arguments[I].V;
    const std::string &Name = Fn.Parameters[I].Name;
    if (AtCall.isDictionaryExpression(V.Text))
      Helper.Dictionary = Name;
    else if (!Caller.Payload.empty() && V.Text == Caller.Payload)
      Helper.Payload = Name;
    else if (!Caller.Completion.empty() && V.Text == Caller.Completion)
      Helper.Completion = Name;
    else if (!V.Where.empty())
      Helper.Arguments.emplace_back(Name, V.Where);
  }
  if (F.Source->language() == Caller.language()) {
    Helper.Caller = std::make_shared<Host>(Caller);
    Helper.CallLevels = L.Levels;
  }
  return Helper;
}

std::optional<Host> ringfence::hostOf(const ProposeInput &In,
                                      const JudgedHandler &H, const Work &W) {
  const Function &Fn = H.function();
  if (W.At.In == H.In && Fn.Where.contains(W.At.Where.Begin))
    return hostOf(H);
  Host Helper;
  Helper.In = W.At.In;
  for (const Function &F : W.At.In->Functions)
    if (F.Body.contains(W.At.Where.Begin))
      Helper.Fn = &F;
  if (!Helper.Fn)
    return std::nullopt;
  if (!W.HandlerAt || W.HandlerAt.In != H.In)
    return Helper;
  std::vector<Link> Links = Way(In, H, W.HandlerAt.Where.Begin).to(*Helper.Fn);
  Host At = hostOf(H);
  for (std::size_t I = 0; I != Links.size(); ++I) {
    bool IsLast = I + 1 == Links.size();
    At = called(In, At, Links[I], IsLast ? *Helper.In : *Links[I + 1].In,
                IsLast ? *Helper.Fn : *Links[I + 1].Fn);
  }
  return Links.empty() ? Helper : At;
}
