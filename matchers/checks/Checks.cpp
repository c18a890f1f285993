//===-- Checks.cpp - the list of checks -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/Check.h"
#include "matchers/checks/Rules.h"
#include "llvm/ADT/STLExtras.h"
using namespace ringfence;
using namespace ringfence::checks;

static const Check Table[] = {
    {"ringfence-push-without-calls", Severity::Error,
     "registers for VoIP pushes, but no code reports a call", "leave-pushkit",
     "tokens, extension, move, clean-up", pushWithoutCalls},
    {"ringfence-late-report", Severity::Error,
     "the report runs after the method has returned", "report-now-update-later",
     "report", lateReport},
    {"ringfence-state-guard", Severity::Warning,
     "skips the report because the app looks active or in a call",
     "report-existing, adopt-metadata", "report", stateGuard},
    {"ringfence-unreported-path", Severity::Error,
     "this path returns without reporting a call", "report-and-end", "report",
     unreportedPath},
    {"ringfence-work-before-report", Severity::Warning,
     "work that can block or take long runs before the report", "report-first",
     "report", workBeforeReport},
    {"ringfence-message-work", Severity::Warning,
     "decodes, stores or shows message content",
     "move-to-notification-service, hand-over-calls",
     "tokens, extension, move, clean-up", messageWork},
    {"ringfence-background-work", Severity::Warning,
     "syncs, uploads, prefetches, tidies up", "move-to-background-task",
     "move, clean-up", backgroundWork},
    {"ringfence-user-data-collection", Severity::Warning,
     "reads or sends data about the user on a push", "", "",
     userDataCollection},
    {"ringfence-late-registration", Severity::Warning,
     "the registry or its delegate is not set up during launch", "", "",
     lateRegistration},
    {"ringfence-legacy-handler", Severity::Warning,
     "only the handler without completion is implemented", "modern-handler",
     "report", legacyHandler},
    {"ringfence-completion-not-called", Severity::Note,
     "a path never calls the completion handler", "call-completion", "report",
     completionNotCalled},
    {"ringfence-project-settings", Severity::Warning,
     "Info.plist or entitlements do not match what the code does", "", "",
     projectSettings},
};

llvm::StringRef ringfence::nameOf(Severity S) {
  switch (S) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "note";
  }
  return "";
}

llvm::ArrayRef<Check> ringfence::allChecks() { return Table; }

/// One defect, one error: an exit belongs to the first check that speaks of
/// it; what later ones say of it becomes a note there.
static void merge(std::vector<Finding> &Into, Finding F) {
  if (F.Exits.empty()) {
    Into.push_back(std::move(F));
    return;
  }
  std::vector<unsigned> Left;
  for (unsigned E : F.Exits) {
    auto Owner = llvm::find_if(Into, [&](const Finding &O) {
      return O.HandlerIndex == F.HandlerIndex && llvm::is_contained(O.Exits, E);
    });
    if (Owner == Into.end()) {
      Left.push_back(E);
      continue;
    }
    if (llvm::none_of(Owner->Notes, [&](const PathNote &N) {
          return N.At.In == F.At.In && N.At.Where == F.At.Where &&
                 N.Message == F.Message;
        }))
      Owner->Notes.push_back({F.At, F.Message});
    if (Owner->Advice.empty())
      Owner->Advice = F.Advice;
  }
  if (Left.empty())
    return;
  F.Exits = std::move(Left);
  Into.push_back(std::move(F));
}

std::vector<Finding>
ringfence::runChecks(const CheckInput &In,
                     llvm::function_ref<bool(llvm::StringRef)> Enabled) {
  std::vector<Finding> Found;
  for (const Check &C : Table) {
    if (!Enabled(C.Id))
      continue;
    std::vector<Finding> Mine;
    C.Run(In, Mine);
    for (Finding &F : Mine)
      merge(Found, std::move(F));
  }
  return Found;
}
