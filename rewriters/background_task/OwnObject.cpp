//===-- OwnObject.cpp - "self" where statements stand ---------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/OwnObject.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// Whether "let self" is among what \p When asks; the readers name no such
/// local.
static bool makesSureOfSelf(const Condition &When) {
  for (const Condition &C : When.Operands)
    if (makesSureOfSelf(C))
      return true;
  return When.Operands.empty() && When.Name == "self" &&
         StringRef(When.Text).contains("let self");
}

bool ringfence::selfIsOptional(const std::vector<Level> &Levels) {
  bool IsOptional = false;
  for (const Level &L : Levels) {
    if (L.InClosure && !L.InClosure->CaptureList.empty())
      IsOptional = llvm::is_contained(L.InClosure->CaptureList, "weak self");
    if (L.InArm && makesSureOfSelf(L.InArm->When))
      IsOptional = false;
    for (unsigned I = 0; I != L.Index; ++I) {
      const Step &S = (*L.List)[I];
      if (S.K == Step::Kind::Branch && S.Branch == Step::BranchKind::Guard)
        for (const Arm &A : S.Arms)
          if (makesSureOfSelf(A.When))
            IsOptional = false;
    }
  }
  return IsOptional;
}

bool ringfence::holdsWeakly(const Step &S, std::uint32_t At) {
  bool Found = false;
  forEachStep(S, [&](const Step &Inner) {
    for (const Closure &C : Inner.Closures)
      Found |= C.Where.contains(At) &&
               llvm::is_contained(C.CaptureList, "weak self");
  });
  return Found;
}
