//===-- BackgroundWork.cpp - upkeep in a call handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::backgroundWork(const CheckInput &In, std::vector<Finding> &Out) {
  findWorks(
      In, "ringfence-background-work",
      [](const Work &W) { return W.D == Destination::BackgroundTask; },
      [](const Work &W) {
        return phraseFor(W) + "; this belongs in a background task";
      },
      "", Out);
}
