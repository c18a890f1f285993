//===-- ReportNow.cpp - report before the method returns --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportNow.h"
#include "rewriters/callkit/LateReport.h"

using namespace ringfence;

std::optional<FixSet>
ringfence::reportNowUpdateLater(const FixRequest &Request) {
  const JudgedHandler &H = Request.handler();
  std::string Why;
  std::optional<LateReport> L = findLateReport(Request.In, H, Why);
  if (!L) {
    Request.advise(Why);
    return std::nullopt;
  }

  FixSet Set;
  Set.Title = "Report the call before " + H.function().Symbol + " returns";
  Set.A = Applicability::Review;
  Set.Findings = Request.Findings;
  Builder Now(*H.In);
  if (runNow(Request.In, *L, Now, Why)) {
    Set.Why = "The system looks for the report when the method returns. The "
              "method runs on the main queue already, so that the way around "
              "it only delayed the report; its statements now run at once.";
    Set.LeftToDo.push_back("Make sure that nothing relied on the statements "
                           "running after the method.");
    Now.addTo(Set);
    return Set;
  }

  Builder B(*H.In);
  EarlyReport Early = reportEarly(Request.In, *L, B);
  if (!Early.Written) {
    Request.advise(Early.Why);
    return std::nullopt;
  }
  Set.Why = "The system looks for the report when the method returns, and the "
            "closure runs after that. The call is now reported with what the "
            "method knows; the closure tells CallKit the rest.";
  Set.LeftToDo.push_back(
      "The user may answer before the closure runs: hold "
      "CXAnswerCallAction.fulfill() back until the call can be connected.");
  if (Early.HandleIsUnknown)
    Set.LeftToDo.push_back("Let the push say who calls: until the closure runs "
                           "the call screen shows \"Unknown\".");
  if (Early.EndsOnFailure)
    Set.LeftToDo.push_back("Ways on which no call was reported now end the "
                           "call that rings: see that the reason fits.");
  if (Early.OtherWork) {
    Set.A = Applicability::Placeholders;
    Set.LeftToDo.push_back("The closure does more than look things up: see "
                           "that the app knows the call from the report on.");
  }
  B.addTo(Set);
  return Set;
}
