//===-- MigrationPlan.h - the way off VoIP pushes, as data -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PLAN_MIGRATIONPLAN_H
#define RINGFENCE_TOOL_PLAN_MIGRATIONPLAN_H

#include "tool/pipeline/Analysis.h"
#include "tool/pipeline/FixPlan.h"
#include <array>
#include <map>
#include <string>
#include <vector>

namespace ringfence {

/// Something that the handler does, as the team speaks of it: what building
/// and showing one notification takes is one item.
struct PlannedWork {
  std::string File;     ///< of the work itself, a helper's maybe
  unsigned Line = 0;    ///< 1-based
  unsigned EndLine = 0; ///< 1-based, inclusive
  /// The statement of the handler that leads to it; 0 if it stands there.
  unsigned HandlerLine = 0;
  std::string What; ///< "decrypts with 'CCCrypt'"
  Destination To = Destination::Unknown;
  bool IsReport = false; ///< reports a call
  bool IsLate = false;   ///< and does so after the method has returned
  std::string Why;       ///< "this way shows or stores content"
  /// Fixes that move it, "move-to-notification-service (review)"; empty if
  /// it is moved by hand.
  std::vector<std::string> By;
};

/// A way out of the handler on which no call was reported in time.
struct PlannedExit {
  std::string File;
  unsigned Line = 0; ///< 1-based
  bool Late = false;
  std::vector<std::string> Way; ///< "line 46: the guard fails"
};

/// One line of the picture of a handler's paths. A row with a greater depth
/// belongs to the nearest row above it with a smaller one.
struct PathRow {
  enum class Kind {
    Entry,      ///< the push arrives
    Branch,     ///< a question: "switch kind"
    Arm,        ///< one answer: "case "call""
    Helper,     ///< what follows stands in a function of the project
    Report,     ///< a call is reported in time
    Late,       ///< a report, after the method has returned
    Work,       ///< something else is done
    Leaves,     ///< returns; a call was reported
    Exempt,     ///< returns without a report, and iOS asks for none here
    Unreported, ///< returns without a report
    Unseen,     ///< nothing is known of what comes of it
    More,       ///< rows that are left out
  };
  Kind K = Kind::Work;
  unsigned Depth = 0;
  std::string File;
  unsigned Line = 0; ///< 1-based, 0 where none applies
  std::string Text;
};
llvm::StringRef nameOf(PathRow::Kind K);

/// Whether a notification service extension reaches what moved code touches.
enum class Reach { Yes, No, Perhaps };
llvm::StringRef nameOf(Reach R);

/// Data or an object that work for the extension touches.
struct SharedItem {
  std::string What; ///< "UserDefaults.standard"
  std::string File;
  unsigned Line = 0; ///< 1-based
  Reach R = Reach::Perhaps;
  std::string Why;  ///< "each process has standard defaults of its own"
  std::string ToDo; ///< "" if nothing
};

/// A fix set in the sequence of steps, and what it does to its files.
struct PlannedFix {
  std::string Fix, Title, Why;
  Applicability A = Applicability::Review;
  std::vector<std::string> LeftToDo;
  std::string Command; ///< that shows it
  std::map<std::string, FileChange> Changes;
};

/// One of the five steps, for one handler.
struct PlannedStep {
  MigrationStep Step = MigrationStep::Report;
  std::vector<PlannedFix> Fixes;
  std::vector<std::string> ByHand;
};

/// A key of the payload, nested ones as "aps.alert"; Value is the text that
/// tells this kind of push from others, as JSON, or "".
struct PayloadKey {
  std::string Path, Value;
};

struct HandlerPlan {
  std::string Symbol, File;
  unsigned Line = 0, EndLine = 0; ///< 1-based
  std::string Signature;          ///< "completion", …
  Reports R = Reports::Unknown;
  bool IsDead = false;
  bool IsToLeave = false; ///< its app reports no calls, and needs no PushKit
  std::vector<std::string> ReportedBy;
  std::vector<PlannedExit> Exits;
  std::vector<PlannedWork> Works; ///< in source order
  std::vector<SharedItem> Shared;
  std::vector<PathRow> Picture; ///< empty if the handler is never called
  std::array<PlannedStep, 5> Steps;
  /// Keys that code reads from the payload, by what the push is for.
  std::map<Destination, std::vector<PayloadKey>> Keys;

  /// Whether work of this handler goes to \p D.
  bool sendsTo(Destination D) const;
};

/// One kind of push that the server sends once it has switched.
struct PushKind {
  std::string Name;  ///< "a message"
  std::string Token; ///< "PushKit" or "APNs"
  std::vector<std::pair<std::string, std::string>> Headers;
  std::string Payload; ///< JSON, an example
  unsigned MostBytes = 4096;
  std::vector<std::string> Notes;
};

/// A part of the plan that is a list of things to do or to know.
struct PlanSection {
  std::string Title;
  std::string Intro; ///< "" for none
  bool Ordered = false;
  std::vector<std::string> Items;
};

/// The whole plan. Owns all its text.
struct MigrationPlan {
  Statistics Stats;
  std::vector<HandlerPlan> Handlers; ///< by path and line
  /// Findings that belong to no handler, and their advice.
  std::vector<std::string> ProjectFindings;
  std::vector<PushKind> Pushes;
  /// Tokens, entitlements, Xcode, devices, risks: those that apply.
  std::vector<PlanSection> Sections;
  std::vector<std::string> NotSeen; ///< what was not analysed or followed

  /// Whether any handler has something to do.
  bool hasWork() const;
  /// Whether there are handlers, and all of them are to go.
  bool isToLeave() const;
};

/// Makes the plan of \p A, whose handlers and findings are used up.
/// \p Arguments is what the user named, ready for a shell (" App", or "").
MigrationPlan makePlan(Analysis A, llvm::StringRef Arguments);

/// "notification service extension": \p D for people.
llvm::StringRef placeName(Destination D);

} // namespace ringfence

#endif
