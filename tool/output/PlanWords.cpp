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
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;
using llvm::StringRef;

StringRef ringfence::planVerdict(const HandlerPlan &H) {
  if (H.IsDead)
    return "is never called: the type has the form with completion";
  return saying(H.R);
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

StringRef ringfence::planTitle(const MigrationPlan &Plan) {
  return Plan.isToLeave() ? "Off VoIP pushes: the way there"
                          : "VoIP pushes for calls only: the way there";
}

std::string ringfence::headingOf(const MigrationPlan &Plan,
                                 const HandlerPlan &H) {
  bool IsAlone = llvm::count_if(Plan.Handlers, [&](const HandlerPlan &Other) {
                   return Other.Symbol == H.Symbol && !Other.IsDead;
                 }) < 2;
  return IsAlone ? H.Symbol : H.Symbol + " in " + H.File;
}

std::string ringfence::pathsText(llvm::ArrayRef<PathRow> Rows) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  for (const PathRow &R : Rows) {
    StringRef Mark = "  ";
    switch (R.K) {
    case PathRow::Kind::Report:
      Mark = "ok";
      break;
    case PathRow::Kind::Late:
    case PathRow::Kind::Unreported:
      Mark = "!!";
      break;
    case PathRow::Kind::Unseen:
      Mark = "??";
      break;
    default:
      break;
    }
    std::string Line = R.Line ? std::to_string(R.Line) : "";
    OS << llvm::right_justify(Line, 5) << ' ' << Mark << ' ';
    OS.indent(2 * R.Depth) << R.Text << '\n';
  }
  return Text;
}

static StringRef goesTo(const PlannedWork &W) {
  if (W.To == Destination::Report && !W.IsReport)
    return "the handler, before the report";
  return placeName(W.To);
}

std::vector<WorkRow> ringfence::workRows(const HandlerPlan &H) {
  struct Merged {
    WorkRow Row;
    bool Stays;
    std::vector<std::pair<std::string, std::vector<std::string>>> Whats;
  };
  std::vector<Merged> All;
  for (const PlannedWork &W : H.Works) {
    bool Stays =
        W.By.empty() && !W.IsLate &&
        (W.To == Destination::Report || W.To == Destination::AfterReport ||
         W.To == Destination::Keep);
    WorkRow R;
    R.Line = std::to_string(W.HandlerLine ? W.HandlerLine : W.Line);
    if (!W.HandlerLine && W.EndLine != W.Line)
      R.Line += "–" + std::to_string(W.EndLine);
    if (W.HandlerLine)
      R.Place = W.File == H.File ? "line " + std::to_string(W.Line)
                                 : W.File + ":" + std::to_string(W.Line);
    R.What = W.What;
    if (W.IsLate)
      R.What += ", after the method has returned";
    R.GoesTo = goesTo(W);
    R.Why = W.Why;
    R.MovedBy = !W.By.empty() ? listed(W.By) : Stays ? "stays" : "hand";
    auto Like = llvm::find_if(All, [&](const Merged &M) {
      return Stays && M.Stays && M.Row.Line == R.Line &&
             M.Row.GoesTo == R.GoesTo && M.Row.Why == R.Why;
    });
    if (Like == All.end()) {
      All.push_back({R, Stays, {}});
      Like = std::prev(All.end());
    }
    auto Same = llvm::find_if(
        Like->Whats, [&](const auto &Known) { return Known.first == R.What; });
    if (Same == Like->Whats.end())
      Like->Whats.push_back({R.What, {R.Place}});
    else
      Same->second.push_back(R.Place);
  }
  std::vector<WorkRow> Rows;
  for (Merged &M : All) {
    if (M.Whats.size() > 1 || M.Whats.front().second.size() > 1) {
      M.Row.Place.clear();
      M.Row.What.clear();
      for (const auto &[What, Places] : M.Whats) {
        M.Row.What += (M.Row.What.empty() ? "" : "; ") + What;
        if (std::string At = llvm::join(Places, ", "); !At.empty())
          M.Row.What += " (" + At + ")";
      }
    }
    Rows.push_back(std::move(M.Row));
  }
  return Rows;
}

StringRef ringfence::pushesIntro(const MigrationPlan &Plan) {
  if (Plan.isToLeave())
    return "Once it has switched. Until then VoIP pushes keep arriving, and on "
           "iOS 13 and later each of them ends the app.";
  return "Once it has switched. Until then old pushes keep arriving, and the "
         "handler goes on reporting for each of them.";
}

/// "is not followed: too many calls deep" of "App/A.swift:7: 'x' is not …".
static StringRef sameEverywhere(StringRef Gap) {
  if (std::size_t At = Gap.find("' is not followed"); At != StringRef::npos)
    return Gap.drop_front(At + 2);
  if (std::size_t At = Gap.find(" holds syntax that"); At != StringRef::npos)
    return Gap.drop_front(At + 1);
  // "App/A.m:7: #if splits a statement: …"
  auto [File, Rest] = Gap.split(':');
  auto [Line, Text] = Rest.split(": ");
  unsigned Number = 0;
  return Line.getAsInteger(10, Number) ? Gap : Text;
}

std::vector<std::string> ringfence::planGaps(const MigrationPlan &Plan) {
  // A few places each are named; more would hide what else is said here.
  constexpr std::size_t MostPlaces = 3;
  std::vector<std::pair<StringRef, std::vector<StringRef>>> Groups;
  for (const std::string &Gap : Plan.NotSeen) {
    StringRef Key = sameEverywhere(Gap);
    auto Known =
        llvm::find_if(Groups, [&](const auto &G) { return G.first == Key; });
    if (Known == Groups.end())
      Groups.push_back({Key, {Gap}});
    else
      Known->second.push_back(Gap);
  }
  std::vector<std::string> Says;
  bool AnyFolded = false;
  for (const auto &[Key, Gaps] : Groups) {
    if (Gaps.size() <= MostPlaces) {
      for (StringRef Gap : Gaps)
        Says.push_back(Gap.str());
      continue;
    }
    AnyFolded = true;
    std::vector<std::string> Files;
    for (StringRef Gap : Gaps)
      if (std::string File = Gap.split(':').first.str();
          !llvm::is_contained(Files, File))
        Files.push_back(std::move(File));
    std::size_t Others = Files.size();
    if (Files.size() > MostPlaces)
      Files.resize(MostPlaces);
    Others -= Files.size();
    if (Others)
      Files.push_back(counted(Others, "other file"));
    Says.push_back("At " + std::to_string(Gaps.size()) + " places, in " +
                   listed(Files) + ": " +
                   (Key.starts_with("is ")      ? "what is called "
                    : Key.starts_with("holds ") ? "the function "
                                                : "") +
                   Key.str());
  }
  if (AnyFolded)
    Says.push_back("'ringfence plan --format json' names each place.");
  return Says;
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
