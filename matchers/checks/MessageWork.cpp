//===-- MessageWork.cpp - content work in a call handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::messageWork(const CheckInput &In, std::vector<Finding> &Out) {
  findWorks(
      In, "ringfence-message-work",
      [](const Work &W) {
        return W.E != Effect::Pure &&
               (W.D == Destination::NotificationService ||
                W.D == Destination::BackgroundPush);
      },
      [](const Work &W) {
        return phraseFor(W) +
               (W.D == Destination::BackgroundPush
                    ? "; this belongs to a silent push"
                    : "; this belongs in a notification service extension");
      },
      "", Out);
}
