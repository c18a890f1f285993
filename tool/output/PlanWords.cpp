//===-- PlanWords.cpp - what plans say in every format -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/PlanWords.h"
#include "rewriters/capture/Clauses.h"
#include "tool/output/Summary.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

StringRef ringfence::planVerdict(const HandlerPlan &H) {
  if (H.IsDead)
    return "is never called: the type has the form with completion";
  switch (H.R) {
  case Reports::Always:
    return "reports a call on every path";
  case Reports::SomePaths:
    return "reports a call on some paths only";
  case Reports::Late:
    return "reports a call too late";
  case Reports::Never:
    return "never reports a call";
  case Reports::Unknown:
    return "hands the push to code that cannot be seen";
  }
  return "";
}

StringRef ringfence::stepPurpose(MigrationStep S) {
  switch (S) {
  case MigrationStep::Report:
    return "Every path reports a call before the method returns. Ships alone "
           "and first; nothing else has to change for it.";
  case MigrationStep::Tokens:
    return "The server learns the token to which alert and silent pushes go. "
           "Ships before the server switches.";
  case MigrationStep::Extension:
    return "A notification service extension that passes everything on as it "
           "came. Ships without any change for the user.";
  case MigrationStep::Move:
    return "The work becomes code that the handler and its new place both "
           "call. Old pushes work as before, and the server may switch.";
  case MigrationStep::CleanUp:
    return "Once the server has switched for all versions in use, what is dead "
           "goes.";
  }
  return "";
}

std::string ringfence::placeOf(const PlannedWork &W) {
  std::string Text;
  if (W.HandlerLine)
    Text = std::to_string(W.HandlerLine) + " (" + W.File + ":" +
           std::to_string(W.Line) + ")";
  else {
    Text = std::to_string(W.Line);
    if (W.EndLine != W.Line)
      Text += "–" + std::to_string(W.EndLine);
  }
  return Text;
}

StringRef ringfence::planLevel(Applicability A) {
  switch (A) {
  case Applicability::Safe:
    return "safe";
  case Applicability::Review:
    return "to be reviewed";
  case Applicability::Placeholders:
    return "with placeholders to fill in";
  }
  return "";
}

std::vector<std::string> ringfence::planSummary(const MigrationPlan &Plan) {
  std::vector<std::string> Says;
  std::size_t Faulty = 0, Unseen = 0, Exits = 0, Fixes = 0, Hands = 0;
  for (const HandlerPlan &H : Plan.Handlers) {
    Faulty += !H.Exits.empty();
    Unseen += !H.IsDead && H.R == Reports::Unknown;
    Exits += H.Exits.size();
    for (const PlannedStep &S : H.Steps) {
      Fixes += S.Fixes.size();
      Hands += S.ByHand.size();
    }
  }
  std::vector<std::string> Moves;
  for (Destination D :
       {Destination::NotificationService, Destination::BackgroundPush,
        Destination::BackgroundTask, Destination::Launch,
        Destination::Unknown}) {
    std::size_t N = 0;
    for (const HandlerPlan &H : Plan.Handlers)
      N += static_cast<std::size_t>(llvm::count_if(
          H.Works, [&](const PlannedWork &W) { return W.To == D; }));
    if (N)
      Moves.push_back(counted(N, "item") +
                      (D == Destination::Unknown
                           ? " for which it has to be decided"
                           : " for " + placeName(D).str()));
  }
  if (Plan.Handlers.empty()) {
    Says.push_back("No PushKit handler was found; there is nothing to plan.");
    return Says;
  }
  if (Exits)
    Says.push_back(counted(Exits, "path") + " of " +
                   counted(Faulty, "handler") +
                   (Exits == 1 ? " returns" : " return") +
                   " without having reported a call in time; iOS ends an app "
                   "that does so, and after several times sends it no more "
                   "VoIP pushes.");
  if (Unseen)
    Says.push_back(counted(Unseen, "handler") +
                   (Unseen == 1 ? " hands its" : " hand their") +
                   " pushes to code that cannot be seen here.");
  if (Moves.size())
    Says.push_back("Work that belongs elsewhere: " + listed(Moves) + ".");
  if (Fixes || Hands)
    Says.push_back("ringfence offers " +
                   (Fixes ? counted(Fixes, "fix set") : "no fix set") +
                   ". What is left to people stands below as boxes to tick.");
  if (!Exits && !Unseen && Moves.empty() && !Fixes && !Hands)
    Says.push_back("Every path reports a call in time, and nothing else has to "
                   "move. There is nothing to do.");
  return Says;
}
