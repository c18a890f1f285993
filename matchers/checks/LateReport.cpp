//===-- LateReport.cpp - the report comes after the return -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::lateReport(const CheckInput &In, std::vector<Finding> &Out) {
  std::size_t First = Out.size();
  findExits(
      In, "ringfence-late-report", Severity::Error,
      [](const UnreportedExit &E) { return E.Late; },
      [](const JudgedHandler &, const UnreportedExit &) -> std::string {
        return "the call is reported only after this method has returned";
      },
      Out);
  for (std::size_t I = First; I < Out.size(); ++I) {
    Finding &F = Out[I];
    const Verdict &V = In.Handlers[F.HandlerIndex].V;
    if (Place Report = V.Exits[F.Exits.front()].LateReport)
      F.Notes.push_back({Report, "reported here, later"});
    // Time that was asked for does not help: the flag is looked at on return.
    if (V.UsesBackgroundTime)
      F.Notes.push_back(
          {F.At, "background time keeps the app running, but the system looks "
                 "for the report when the method returns"});
  }
}
