//===-- ChangedLines.h - what git says was changed -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_CHANGEDLINES_H
#define RINGFENCE_TOOL_PIPELINE_CHANGEDLINES_H

#include "tool/pipeline/Analysis.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace ringfence {

/// Lines that were added or changed, and those around lines that went.
class ChangedLines {
public:
  /// Changes between where HEAD left \p Revision (their merge base, as a pull
  /// request is shown) and the work tree of the repository around \p Root,
  /// files that git does not know included. Fails if there is no repository,
  /// no such revision, or no common history (a shallow clone).
  static llvm::Expected<ChangedLines> since(llvm::StringRef Root,
                                            llvm::StringRef Revision);

  /// Adds lines \p First to \p Last (1-based) of \p Path, relative to the root.
  void add(std::string Path, unsigned First, unsigned Last);

  /// Whether one of the lines of \p P was changed.
  bool touches(const Place &P) const;

  /// Whether \p F has to do with the change: its handler, its place or a turn
  /// of the path to it was touched.
  bool concerns(const Analysis &A, const Finding &F) const;

private:
  std::map<std::string, std::vector<std::pair<unsigned, unsigned>>> Lines;
};

} // namespace ringfence

#endif
