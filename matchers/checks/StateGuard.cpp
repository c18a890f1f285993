//===-- StateGuard.cpp - no report in some states of the app -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::stateGuard(const CheckInput &In, std::vector<Finding> &Out) {
  findExits(
      In, "ringfence-state-guard", Severity::Warning,
      [](const UnreportedExit &E) { return !E.Late && E.ByStateGuard; },
      [](const JudgedHandler &, const UnreportedExit &) -> std::string {
        return "no call is reported because of the state that the app sees; "
               "the system judges that state itself";
      },
      Out);
}
