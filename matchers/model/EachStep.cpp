//===-- EachStep.cpp - every step and call of a body ----------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/model/EachStep.h"

using namespace ringfence;

void ringfence::forEachStep(const std::vector<Step> &Steps,
                            llvm::function_ref<void(const Step &)> Visit) {
  for (const Step &S : Steps)
    forEachStep(S, Visit);
}

void ringfence::forEachStep(const Step &S,
                            llvm::function_ref<void(const Step &)> Visit) {
  Visit(S);
  for (const Closure &C : S.Closures)
    forEachStep(C.Steps, Visit);
  for (const Arm &A : S.Arms) {
    for (const Closure &C : A.Closures)
      forEachStep(C.Steps, Visit);
    forEachStep(A.Steps, Visit);
  }
}

void ringfence::forEachCall(const std::vector<Step> &Steps,
                            llvm::function_ref<void(const Call &)> Visit) {
  for (const Step &S : Steps)
    forEachCall(S, Visit);
}

void ringfence::forEachCall(const Step &S,
                            llvm::function_ref<void(const Call &)> Visit) {
  forEachStep(S, [&](const Step &Inner) {
    for (const Call &C : Inner.Calls)
      Visit(C);
    for (const Arm &A : Inner.Arms)
      for (const Call &C : A.Calls)
        Visit(C);
  });
}
