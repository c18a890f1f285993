//===-- OldSystems.cpp - code for systems below iOS 13 --------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/OldSystems.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

static bool asksFor130(const Condition &C) {
  return C.K == Condition::Kind::OSVersion && C.Major == 13 && C.Minor == 0;
}

/// As asksFor130, of any 13 and whatever else is asked with it.
static bool asksForAny13(const Condition &C) {
  return (C.K == Condition::Kind::OSVersion && C.Major == 13) ||
         llvm::any_of(C.Operands,
                      [](const Condition &O) { return asksForAny13(O); });
}

static bool asksForAny13(const std::vector<Step> &Steps) {
  auto InClosures = [](const std::vector<Closure> &Closures) {
    return llvm::any_of(Closures,
                        [](const Closure &C) { return asksForAny13(C.Steps); });
  };
  auto InArm = [&](const Arm &A) {
    return asksForAny13(A.When) || asksForAny13(A.Steps) ||
           InClosures(A.Closures);
  };
  return llvm::any_of(Steps, [&](const Step &S) {
    return InClosures(S.Closures) || llvm::any_of(S.Arms, InArm);
  });
}

bool ringfence::asksFor13(const Function &Fn) { return asksForAny13(Fn.Steps); }

bool ringfence::isBelow13Only(const Step &Of, const Arm &A) {
  if (Of.K != Step::Kind::Branch)
    return false;
  if (A.K == Arm::Kind::Else)
    return Of.Arms.size() == 2 && asksFor130(Of.Arms.front().When);
  return A.When.K == Condition::Kind::Not && A.When.Operands.size() == 1 &&
         asksFor130(A.When.Operands.front());
}

/// A branch that leaves on iOS 13 and later.
static bool leavesOn13(const Step &S) {
  return S.K == Step::Kind::Branch && S.Branch == Step::BranchKind::If &&
         S.Arms.size() == 1 && asksFor130(S.Arms.front().When) &&
         !S.Arms.front().Steps.empty() &&
         S.Arms.front().Steps.back().K == Step::Kind::Exit &&
         S.Arms.front().Steps.back().Exit == Step::ExitKind::Return;
}

static void look(const File &F, const std::vector<Step> &Steps, bool Below,
                 Desires &Found) {
  for (const Step &S : Steps) {
    for (const Arm &A : S.Arms)
      look(F, A.Steps, Below || isBelow13Only(S, A), Found);
    for (const Closure &C : S.Closures)
      look(F, C.Steps, Below, Found);
    if (S.Arms.empty() && S.Closures.empty()) {
      llvm::StringRef Text = F.Source->text(S.Where);
      if (Text.contains("desiredPushTypes") ||
          Text.contains("setDesiredPushTypes")) {
        Found.OnOldSystems |= Below;
        if (!Below)
          Found.OnNewSystems.push_back(&S);
      }
    }
    Below |= leavesOn13(S);
  }
}

Desires ringfence::desiresOf(const File &F, const Registration &R) {
  Desires Found;
  for (const Function &Fn : F.Functions)
    if (Fn.Where.contains(R.Where))
      look(F, Fn.Steps, false, Found);
  return Found;
}

bool ringfence::isBelow13Only(const File &F, const Registration &R) {
  Desires D = desiresOf(F, R);
  return D.OnOldSystems && D.OnNewSystems.empty();
}
