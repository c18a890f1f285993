//===-- RegistrySetUp.cpp - what sets a push registry up goes -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "rewriters/pushkit/HandlerTail.h"
#include "rewriters/pushkit/Removal.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// "self.registry.delegate = self": "registry".
static std::string rootOf(const File &F, Range R) {
  for (const Word &W : words(F.Source->bytes(), R, F.Source->language()))
    if (W.Text != "self")
      return W.Text.ltrim('_').str();
  return "";
}

/// Whether \p S makes a registry or sets it up, and does nothing else.
bool Removal::isSetup(const File &F, const Step &S, const Function &Fn) const {
  if (S.InMacro || !S.Closures.empty())
    return false;
  for (const Call &C : S.Calls) {
    static constexpr StringRef Known[] = {"PKPushRegistry",
                                          "initWithQueue:",
                                          "setDelegate:",
                                          "setDesiredPushTypes:",
                                          "delegate",
                                          "desiredPushTypes",
                                          "setWithObject:",
                                          "setWithObjects:",
                                          "setWithArray:",
                                          "Set",
                                          "DispatchQueue",
                                          "dispatch_queue_create",
                                          "alloc",
                                          "init",
                                          "set",
                                          "dispatch_get_main_queue",
                                          "dispatch_get_global_queue"};
    const Api *A = In.Apis.find(C, F.Source->language());
    if (!llvm::is_contained(Known, C.Name) && C.K != Call::Kind::PropertyRead &&
        C.K != Call::Kind::PropertyWrite && C.K != Call::Kind::Subscript &&
        !(A && A->E == Effect::Pure))
      return false;
  }
  if (S.K == Step::Kind::Declare)
    return !S.Declares.empty() &&
           llvm::all_of(S.Declares, [&](const Declaration &D) {
             return holdsRegistry(D.Type, D.Init.Text);
           });
  bool Sets = !S.Assigns.empty() || llvm::any_of(S.Calls, [](const Call &C) {
    return C.K == Call::Kind::PropertyWrite ||
           StringRef(C.Name).starts_with("setDe");
  });
  if (S.K != Step::Kind::Do || !Sets)
    return false;
  std::string Root = rootOf(F, S.Where);
  if (Registries.count(Root))
    return true;
  // A local registry.
  bool IsLocal = false;
  for (const Step &Outer : Fn.Steps)
    forEachStep(Outer, [&](const Step &Inner) {
      for (const Declaration &D : Inner.Declares)
        IsLocal |= D.Name == Root && holdsRegistry(D.Type, D.Init.Text);
    });
  return IsLocal;
}

/// Cuts the set-up among \p Steps, and what holds nothing else. True if
/// nothing of them is left.
bool Removal::cutSteps(const File &F, const Function &Fn,
                       const std::vector<Step> &Steps) {
  bool All = true;
  for (const Step &S : Steps) {
    if (isCut(F, S))
      continue;
    if (isSetup(F, S, Fn)) {
      Touched.insert(&Fn);
      Range R = S.WithComments.empty() ? S.Where : S.WithComments;
      R.End = std::max(R.End, S.Where.End);
      if (!cuts(F).add(R) && !cuts(F).add(S.Where))
        block("other code stands on the line of the registry's set-up (" +
              at(F, S.Where.Begin) + ")");
      continue;
    }
    bool Inner = !S.Arms.empty() || !S.Closures.empty(), Some = false;
    for (const Arm &A : S.Arms) {
      Inner &= cutSteps(F, Fn, A.Steps) && A.Closures.empty();
      Some |= llvm::any_of(A.Steps, [&](const Step &T) { return isCut(F, T); });
    }
    for (const Closure &C : S.Closures) {
      Inner &= cutSteps(F, Fn, C.Steps);
      Some |= llvm::any_of(C.Steps, [&](const Step &T) { return isCut(F, T); });
    }
    // A hop, or a question that is answered for nothing now.
    bool IsShell =
        S.K == Step::Kind::Branch || S.K == Step::Kind::Scope ||
        (S.K == Step::Kind::Do && S.Closures.size() == 1 &&
         llvm::all_of(S.Calls, [&](const Call &C) {
           const Api *A = In.Apis.find(C, F.Source->language());
           return C.K == Call::Kind::PropertyRead ||
                  C.Name == "dispatch_get_main_queue" ||
                  (A && (A->E == Effect::AsyncHop || A->E == Effect::Pure));
         }));
    if (Inner && Some && IsShell && cuts(F).add(S.Where)) {
      Range R = S.WithComments.empty() ? S.Where : S.WithComments;
      cuts(F).add(R);
      continue;
    }
    All = false;
  }
  return All;
}

/// Cuts declarations among \p Steps that only what went has used. True if some
/// went.
bool Removal::cutUnused(const File &F, const Function &Fn,
                        const std::vector<Step> &Steps) {
  bool Cut = false;
  for (const Step &S : Steps) {
    for (const Arm &A : S.Arms)
      Cut |= cutUnused(F, Fn, A.Steps);
    for (const Closure &C : S.Closures)
      Cut |= cutUnused(F, Fn, C.Steps);
    if (S.K != Step::Kind::Declare || isCut(F, S) || S.Declares.size() != 1)
      continue;
    bool Used = false, WasUsed = false;
    for (const Word &W :
         words(F.Source->bytes(), Fn.Inside, F.Source->language())) {
      if (W.Text != S.Declares.front().Name || W.IsMember || W.IsLabel ||
          S.Where.contains(W.Where))
        continue;
      (cuts(F).has(W.Where.Begin) ? WasUsed : Used) = true;
    }
    bool IsQuiet =
        isSetup(F, S, Fn) || isQuiet(S, In.Apis, F.Source->language(), "") ||
        llvm::all_of(S.Calls, [](const Call &C) {
          return StringRef(C.Name).starts_with("setWith") ||
                 StringRef(C.Name).starts_with("dispatch_") || C.Name == "Set";
        });
    if (!Used && WasUsed && IsQuiet &&
        cuts(F).add(S.WithComments.empty() ? S.Where : S.WithComments))
      Cut = true;
  }
  return Cut;
}

void Removal::cutSetup(const File &F) {
  for (const Function &Fn : F.Functions) {
    if (isDelegateMethod(Fn))
      continue;
    cutSteps(F, Fn, Fn.Steps);
    // What was only needed for it may have kept a block from going.
    if (Touched.count(&Fn))
      while (cutUnused(F, Fn, Fn.Steps))
        cutSteps(F, Fn, Fn.Steps);
  }
}

/// Functions that did nothing else go, with their calls.
void Removal::cutEmptied() {
  for (const File *F : Files)
    for (const Function &Fn : F->Functions) {
      if (!Touched.count(&Fn) || Fn.Steps.empty() ||
          !llvm::all_of(Fn.Steps, [&](const Step &S) { return isCut(*F, S); }))
        continue;
      if (!cutFunction(*F, Fn))
        Result.LeftToDo.push_back(Fn.Symbol +
                                  " is empty now: take it and its calls away.");
    }
}

bool Removal::cutFunction(const File &F, const Function &Fn) {
  if (!Fn.Parameters.empty() || Fn.IsOverride || Fn.K != Function::Kind::Method)
    return false;
  struct Found {
    const File *In;
    Range Where;
  };
  std::vector<Found> Calls;
  for (const std::string &Path : In.Project.filesWith(Fn.Name)) {
    const File *Other = In.Project.file(Path);
    if (!Other)
      return false;
    for (const Word &W :
         words(Other->Source->bytes(),
               {0, static_cast<std::uint32_t>(Other->Source->bytes().size())},
               Other->Source->language())) {
      if (W.Text != Fn.Name)
        continue;
      if (Other == &F && Fn.Where.contains(W.Where))
        continue;
      StringRef Line =
          Other->Source->lineText(Other->Source->line(W.Where.Begin)).trim();
      std::uint32_t LineBegin =
          Other->Source->lineBegin(Other->Source->line(W.Where.Begin));
      if (Line.starts_with("-") && Line.ends_with(";")) {
        Calls.push_back(
            {Other,
             {LineBegin +
                  static_cast<std::uint32_t>(
                      Line.data() - Other->Source->bytes().data() - LineBegin),
              static_cast<std::uint32_t>(Line.data() + Line.size() -
                                         Other->Source->bytes().data())}});
        continue;
      }
      const Step *Caller = nullptr;
      for (const Function &G : Other->Functions)
        if (G.Body.contains(W.Where))
          if (std::vector<Level> L = levelsAt(G, W.Where.Begin); !L.empty())
            Caller = &L.back().step();
      if (!Caller || Caller->K != Step::Kind::Do || Caller->InMacro ||
          Caller->Calls.size() != 1 || Caller->Calls.front().Name != Fn.Name ||
          !Caller->Calls.front().OnSelf || !Caller->Assigns.empty())
        return false;
      Calls.push_back({Other, Caller->Where});
    }
  }
  if (llvm::none_of(Calls, [](const Found &C) {
        return !C.In->Source->text(C.Where).starts_with("-");
      }))
    return false;
  for (const Found &C : Calls)
    if (!cuts(*C.In).add(C.Where))
      return false;
  return cuts(F).addWithComments(Fn.Where);
}
