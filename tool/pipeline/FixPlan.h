//===-- FixPlan.h - what fix previews and applies -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_FIXPLAN_H
#define RINGFENCE_TOOL_PIPELINE_FIXPLAN_H

#include "tool/pipeline/Analysis.h"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// What one file becomes. No bytes before: the file is new.
struct FileChange {
  std::optional<std::string> Before;
  std::string After;
};

/// A fix set and what it does to its files, the sets before it applied.
struct PlannedSet {
  FixSet Set;
  /// The handler that it is for, as it is called by then; "" for none.
  std::string HandlerPath, HandlerType, HandlerSymbol;
  std::map<std::string, FileChange> Changes;
};

struct FixPlanOptions {
  std::vector<MigrationStep> Steps; ///< in the order of MigrationStep
  /// Sets that need more of the reader than this are held back.
  Applicability Level = Applicability::Safe;
  std::string OnlyCheck; ///< "" for all
  /// Asked about each set that can be applied with those accepted before it; a
  /// set that is declined is not asked about again. Unset: all are accepted.
  std::function<bool(const PlannedSet &)> Accept;
};

struct HeldBack {
  FixSet Set;
  std::string Why; ///< "review", or what it collides with
  bool ByLevel = false;
};

struct FixPlan {
  std::vector<PlannedSet> Sets;
  std::vector<HeldBack> Held;
  /// All sets together: each changed file once.
  std::map<std::string, FileChange> Changes;
  /// Severities of the findings that are left when all of it is applied.
  std::vector<Severity> Left;
  std::vector<Problem> Problems; ///< sets that were dropped, and why
};

/// Proposes and verifies step by step, each step on what the one before it
/// leaves, so that what is planned together works together.
FixPlan planFixes(Analysis &A, const FixPlanOptions &Options);

} // namespace ringfence

#endif
