//===-- CallCompletion.cpp - call the completion handler on every path -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/CallCompletion.h"
#include "rewriters/pushkit/CompletionCalls.h"
#include "rewriters/pushkit/HandedOnCompletion.h"

using namespace ringfence;

std::optional<FixSet> ringfence::callCompletion(const FixRequest &Request) {
  const JudgedHandler &H = Request.handler();
  // The early report takes calls of the completion handler along.
  if (Request.comesAfter("ringfence-late-report")) {
    Request.advise("report the call in time first");
    return std::nullopt;
  }
  Builders Files;
  EveryWay Calls(completionCalls(*H.In, H.function(), H.H->Completion),
                 Request.In.Apis, Files.of(*H.In));
  if (!Calls.write(H.function())) {
    Request.advise(Calls.whyNot());
    return std::nullopt;
  }
  // Where it is handed on, who gets it calls it on every path, too.
  HandedOnCompletion Others(Request.In, Files);
  Others.follow({H.In, &H.function()}, H.H->Completion);
  if (Calls.added() == 0 && Others.changed().empty()) {
    Request.advise("the completion handler is handed on, and not called on "
                   "every way from there");
    return std::nullopt;
  }
  FixSet Set;
  Set.Title =
      "Call the completion handler on every path of " + H.function().Symbol;
  std::string Missed = Calls.added() == 0 ? "paths of what it is handed to"
                       : Calls.added() == 1
                           ? "one path"
                           : std::to_string(Calls.added()) + " paths";
  Set.Why = "The completion handler tells the system that the app has done "
            "with the push; " +
            Missed +
            " did not call it, which keeps the app awake for nothing. The rule "
            "that a call be reported does not depend on it.";
  for (const Function *F : Others.changed())
    Set.Why += " " + F->Symbol +
               ", which is given it, now calls it on every "
               "path.";
  Set.LeftToDo.push_back("Where work goes on after the method has returned, "
                         "call it when that work is done instead.");
  Set.A = Applicability::Review;
  Set.Findings = Request.Findings;
  Files.addTo(Set);
  return Set;
}
