//===-- Analysis.h - read, judge, propose, verify as one library -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_ANALYSIS_H
#define RINGFENCE_TOOL_PIPELINE_ANALYSIS_H

#include "matchers/checks/Check.h"
#include "rewriters/Propose.h"
#include "llvm/Support/Error.h"
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// What .ringfence.yaml says (docs/configuration.md).
struct Configuration {
  std::string Checks;                 ///< clang-tidy's glob list, "" for all
  std::vector<std::string> Exclude;   ///< gitignore patterns
  std::vector<std::string> Reporters; ///< names that report a call
  std::string EffectRows;             ///< YAML of extra catalogue rows
  ProposeOptions Fixes;
};

/// How far a run has come.
struct Progress {
  llvm::StringRef Stage; ///< "judging handlers"
  std::size_t Done = 0;  ///< of Total
  std::size_t Total = 0; ///< 0 while nobody knows
};

struct AnalysisOptions {
  std::string Root = ".";         ///< everything printed is relative to it
  std::vector<std::string> Paths; ///< files or folders, relative to Root
  std::string BuildDirectory;     ///< -p, "" for none
  unsigned Threads = 0;           ///< 0: as many as the machine has
  Configuration Config;
  /// Told about each thing that can take long, before it is begun, on the
  /// thread that runs the analysis. May be unset.
  std::function<void(const Progress &)> OnProgress;
};

/// What was looked at, so that a run is never silent.
struct Statistics {
  unsigned FilesSeen = 0;    ///< sources under the paths
  unsigned FilesRead = 0;    ///< of these, lowered to the model
  unsigned FilesIgnored = 0; ///< by ignore rules or as vendored code
  std::string ObjCReading;   ///< "built-in headers", …; "" if none was read
};

/// A finding that is known and not reported.
struct Suppressed {
  enum class Kind {
    Comment,   ///< a NOLINT comment
    Baseline,  ///< it stands in the baseline
    Untouched, ///< nothing of it was changed since the revision of --since
  };
  Finding F;
  std::string By; ///< what keeps it: "NOLINT at a.swift:17"
  Kind K = Kind::Comment;
};

/// One run's results. Owns every file that its findings point into.
class Analysis {
public:
  ~Analysis();
  Analysis(Analysis &&);

  std::vector<JudgedHandler> Handlers; ///< by path and line
  std::vector<Finding> Findings;       ///< by path, line, check
  std::vector<Suppressed> Hidden;
  bool HasBaseline = false; ///< findings that are left are new
  std::vector<Problem> Problems;
  Statistics Stats;

  struct State;
  std::unique_ptr<State> S; ///< files, readers, index
  explicit Analysis(std::unique_ptr<State> S);
};

/// discover → read → judge. Fails on wrong usage alone (a path that does not
/// exist, a configuration that does not parse); what cannot be read is a
/// Problem.
llvm::Expected<Analysis> analyse(const AnalysisOptions &Options);

/// propose → verify: the fix sets of \p Steps whose result was read again and
/// found to be what the step promises.
std::vector<FixSet> fixSets(Analysis &A, llvm::ArrayRef<MigrationStep> Steps);

/// propose alone: fix sets of \p Steps that nobody has read again. Few of them
/// do not hold, and reading them again costs as much as the analysis, once for
/// each: enough to say what `fix` may be asked for.
std::vector<FixSet> draftFixSets(Analysis &A,
                                 llvm::ArrayRef<MigrationStep> Steps);

/// The five steps, in their order.
llvm::ArrayRef<MigrationStep> allSteps();

/// The bytes of a file that \p A can see, source or not, by its path relative
/// to the root; none if it cannot be read.
std::optional<std::string> bytesOf(const Analysis &A, llvm::StringRef Path);

} // namespace ringfence

#endif
