//===-- WorkBeforeReport.cpp - slow work before the report -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::workBeforeReport(const CheckInput &In, std::vector<Finding> &Out) {
  findWorks(
      In, "ringfence-work-before-report",
      [](const Work &W) {
        return W.BeforeReport && W.Blocks && W.D != Destination::Report;
      },
      [](const Work &W) {
        return phraseFor(W) + " before the call is reported; this can block "
                              "until the system gives up on the push";
      },
      "", Out);
}
