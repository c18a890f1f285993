//===-- PlanWords.h - what plans say in every format -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_PLANWORDS_H
#define RINGFENCE_TOOL_OUTPUT_PLANWORDS_H

#include "tool/plan/MigrationPlan.h"

namespace ringfence {

/// "reports a call on some paths only".
llvm::StringRef planVerdict(const HandlerPlan &H);

/// What the step is for and when it may ship, in a sentence or two.
llvm::StringRef stepPurpose(MigrationStep S);

/// What the plan comes to, one sentence an item.
std::vector<std::string> planSummary(const MigrationPlan &Plan);

/// What the plan is called: off VoIP pushes, or to calls only.
llvm::StringRef planTitle(const MigrationPlan &Plan);

/// The handler's name, with its file if another handler of the plan is called
/// the same.
std::string headingOf(const MigrationPlan &Plan, const HandlerPlan &H);

/// The picture of a handler's paths in lines: "!!" marks a way out without a
/// report, "??" one of which nothing is known.
std::string pathsText(llvm::ArrayRef<PathRow> Rows);

/// A row of the table of what a handler does.
struct WorkRow {
  std::string Line;  ///< of the handler: "60", "67–74"
  std::string Place; ///< of the work in a helper: "App/Store.swift:12", or ""
  std::string What;
  llvm::StringRef GoesTo;
  std::string Why, MovedBy;
};
/// What \p H does. What stays where it is, for one reason and at one line of
/// the handler, is one row.
std::vector<WorkRow> workRows(const HandlerPlan &H);

/// What comes before the server's pushes.
llvm::StringRef pushesIntro(const MigrationPlan &Plan);

/// What the plan does not know. What is said of many places is one item.
std::vector<std::string> planGaps(const MigrationPlan &Plan);

/// How a fix's applicability reads: "compiles; a person has to look at …".
llvm::StringRef planLevel(Applicability A);

} // namespace ringfence

#endif
