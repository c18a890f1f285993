//===-- Baseline.h - findings that are accepted for now -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_BASELINE_H
#define RINGFENCE_TOOL_PIPELINE_BASELINE_H

#include "tool/pipeline/Analysis.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace ringfence {

/// A finding as a baseline knows it: by its check, its handler and its text,
/// not by its line, so that edits elsewhere leave it alone.
struct BaselineEntry {
  std::string Check;  ///< "ringfence-late-report"
  std::string File;   ///< for readers: a finding may move to another file
  std::string Symbol; ///< of the handler, "" for a finding of the project
  std::string At;     ///< for readers: the code of the finding, cut short
  std::string After;  ///< for readers: the last turn of the path to it
  std::string Hash;   ///< of the code of both, blanks aside: 16 hex digits
  unsigned Count = 1; ///< so many findings are alike
};

/// Entries of a file, sorted by file, symbol, check, text and hash.
struct Baseline {
  std::vector<BaselineEntry> Entries;
};

/// Today's findings of \p A.
Baseline baselineOf(const Analysis &A);

/// \p B as YAML, one entry a block, so that a diff can be reviewed.
std::string printBaseline(const Baseline &B);

/// Parses what printBaseline wrote. Unknown keys and other versions are errors
/// whose text shows \p Name, the line and a caret.
llvm::Expected<Baseline> parseBaseline(llvm::StringRef Yaml,
                                       llvm::StringRef Name);

/// Hides the findings of \p A that \p B (from the file \p Name) accepts, and
/// returns what is left of its entries: those that no finding matches.
std::vector<BaselineEntry> applyBaseline(Analysis &A, std::vector<FixSet> &Sets,
                                         const Baseline &B,
                                         llvm::StringRef Name);

} // namespace ringfence

#endif
