//===-- Blocks.cpp - lists of statements and who reports in them --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/Blocks.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

bool Block::inLoop() const {
  if (Of && Of->K == Step::Kind::Loop)
    return true;
  return llvm::any_of(Around, [](const Level &L) {
    return L.Owner && L.InArm && L.Owner->K == Step::Kind::Loop;
  });
}

bool Block::inClosure() const {
  return llvm::any_of(Around, [](const Level &L) { return L.InClosure; });
}

const Function *ringfence::functionAround(const File &In, Range R) {
  const Function *Best = nullptr;
  for (const Function &F : In.Functions)
    if (F.Body.Begin <= R.Begin && R.End <= F.Body.End &&
        (!Best || Best->Body.contains(F.Body)))
      Best = &F;
  return Best;
}

bool ringfence::leaves(const std::vector<Step> &Steps) {
  if (Steps.empty())
    return false;
  const Step &Last = Steps.back();
  switch (Last.K) {
  case Step::Kind::Exit:
    return Last.Exit == Step::ExitKind::Return ||
           Last.Exit == Step::ExitKind::Throw;
  case Step::Kind::Branch:
    return Last.HasElse && llvm::all_of(Last.Arms, [](const Arm &A) {
             return leaves(A.Steps);
           });
  case Step::Kind::Scope:
    return Last.Arms.size() == 1 && leaves(Last.Arms.front().Steps);
  default:
    return false;
  }
}

bool Reporting::mayReport(const Step &S, FunctionRef Caller) {
  return mayReport(S, Caller, 0);
}

bool Reporting::mayReport(const Step &S, FunctionRef Caller, unsigned Depth) {
  // What the verdict saw; this includes reporters that only it knows of.
  for (const Place &P : V.ReportSites)
    if (P.In == Caller.In && S.Where.contains(P.Where))
      return true;
  bool Found = false;
  forEachCall(S, [&](const Call &C) {
    if (Found)
      return;
    if (const Api *A = In.Apis.find(C, Caller.In->Source->language()))
      Found |= A->Reports || !A->CallsBack.empty();
    // Accessors are many, and hardly the place for a report.
    if (Found || C.K == Call::Kind::PropertyRead ||
        C.K == Call::Kind::PropertyWrite)
      return;
    Found |= handsOver(C, Caller);
    if (!V.Followed.contains(&C))
      return;
    for (FunctionRef F : In.Functions.callees(C, Caller))
      Found = Found || mayReport(F, Depth + 1);
  });
  return Found;
}

bool Reporting::handsOver(const Call &C, FunctionRef Caller) {
  bool IsCode = C.K == Call::Kind::Function || C.K == Call::Kind::Method ||
                C.K == Call::Kind::ClosureCall;
  if (V.R != Reports::Unknown || !IsCode ||
      In.Apis.find(C, Caller.In->Source->language()) ||
      !In.Functions.callees(C, Caller).empty())
    return false;
  auto IsPush = [&](const Word &W) {
    return W.Text == "dictionaryPayload" ||
           (!W.IsMember &&
            llvm::any_of(Caller.Fn->Parameters, [&](const Parameter &P) {
              return P.Name == W.Text &&
                     llvm::StringRef(P.Type).contains("PKPushPayload");
            }));
  };
  return llvm::any_of(C.Arguments, [&](const Argument &A) {
    return llvm::any_of(words(Caller.In->Source->bytes(), A.V.Where,
                              Caller.In->Source->language()),
                        IsPush);
  });
}

bool Reporting::mayReport(FunctionRef F, unsigned Depth) {
  constexpr unsigned MaxDepth = 6;
  // The entry stands for "no" while the function is looked at: recursion.
  auto [Entry, New] = Known.try_emplace(F.Fn, false);
  if (!New || Depth > MaxDepth)
    return Entry->second;
  bool Found = llvm::any_of(
      F.Fn->Steps, [&](const Step &S) { return mayReport(S, F, Depth); });
  return Known[F.Fn] = Found;
}

bool Reporting::reportingArmsLeave(const Step &S, FunctionRef Caller) {
  bool HasArms = S.K == Step::Kind::Branch || S.K == Step::Kind::Loop ||
                 S.K == Step::Kind::Scope || S.K == Step::Kind::Try ||
                 S.K == Step::Kind::Configuration;
  if (!HasArms)
    return !mayReport(S, Caller);
  for (const Arm &A : S.Arms) {
    if (leaves(A.Steps))
      continue;
    for (const Step &Inner : A.Steps)
      if (mayReport(Inner, Caller) && !reportingArmsLeave(Inner, Caller))
        return false;
  }
  return true;
}

static bool asksForExemption(const Condition &C) {
  return C.K == Condition::Kind::PushType ||
         C.K == Condition::Kind::OSVersion ||
         C.K == Condition::Kind::MustReport ||
         llvm::any_of(C.Operands, [](const Condition &Operand) {
           return asksForExemption(Operand);
         });
}

bool ringfence::asksForExemption(const Step &S) {
  return llvm::any_of(S.Arms, [&](const Arm &A) {
    return (S.K == Step::Kind::Branch && ::asksForExemption(A.When)) ||
           llvm::any_of(A.Steps, [](const Step &Inner) {
             return ringfence::asksForExemption(Inner);
           });
  });
}

std::optional<bool> ringfence::saysCallKitIsThere(const Condition &C) {
  if (C.K == Condition::Kind::Not) {
    std::optional<bool> Inner = saysCallKitIsThere(C.Operands.front());
    return Inner ? std::optional(!*Inner) : Inner;
  }
  if (C.K == Condition::Kind::And) {
    for (const Condition &O : C.Operands)
      if (std::optional<bool> Inner = saysCallKitIsThere(O))
        return Inner;
    return std::nullopt;
  }
  if (C.K != Condition::Kind::Flag && C.K != Condition::Kind::Other)
    return std::nullopt;
  std::string Lower = llvm::StringRef(C.Name.empty() ? C.Text : C.Name).lower();
  static constexpr llvm::StringRef May[] = {"support", "avail", "allow",
                                            "canuse", "usable"};
  bool Asks = llvm::StringRef(Lower).contains("callkit") &&
              llvm::any_of(May, [&](llvm::StringRef W) {
                return llvm::StringRef(Lower).contains(W);
              });
  return Asks ? std::optional(true) : std::nullopt;
}

std::vector<const Function *>
ringfence::onlyCalledByHandlers(const JudgedHandler &H, const Catalogue &Apis) {
  const File &In = *H.In;
  std::vector<const Function *> Mine, Roots;
  for (const Handler &Other : In.Handlers)
    Roots.push_back(&In.Functions[Other.FunctionIndex]);
  for (const Function &F : In.Functions)
    if (F.Owner == H.function().Owner && !llvm::is_contained(Roots, &F))
      Mine.push_back(&F);

  auto Calls = [&](const Function &Caller, const Function &Callee) {
    bool Found = false;
    for (const Step &S : Caller.Steps)
      forEachCall(S, [&](const Call &C) {
        if (const Api *A = Apis.find(C, In.Source->language()))
          Found |= llvm::is_contained(A->CallsBack, Callee.Name);
        bool Own = C.OnSelf || C.Receiver.empty() || C.Receiver == "self";
        Found |= C.Name == Callee.Name && Own;
        for (const Argument &A : C.Arguments)
          Found |= A.V.K == Value::Kind::Selector && A.V.Name == Callee.Name;
      });
    return Found;
  };
  // Take away whatever somebody else calls, until nothing changes.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Function &Caller : In.Functions) {
      if (llvm::is_contained(Roots, &Caller) ||
          llvm::is_contained(Mine, &Caller))
        continue;
      size_t Before = Mine.size();
      llvm::erase_if(Mine,
                     [&](const Function *F) { return Calls(Caller, *F); });
      Changed |= Mine.size() != Before;
    }
  }
  llvm::erase_if(Mine, [&](const Function *F) {
    return llvm::none_of(Roots,
                         [&](const Function *R) { return Calls(*R, *F); }) &&
           llvm::none_of(Mine, [&](const Function *M) {
             return M != F && Calls(*M, *F);
           });
  });
  return Mine;
}
