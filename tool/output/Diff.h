//===-- Diff.h - fix sets as one patch -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_DIFF_H
#define RINGFENCE_TOOL_OUTPUT_DIFF_H

#include "tool/pipeline/FixPlan.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes \p Plan as one patch for `git apply`, in which each set begins with
/// lines of comment: its title, why, and what is left to do. A file that
/// several sets change appears once for each.
llvm::Error printDiff(llvm::raw_ostream &OS, const FixPlan &Plan);

/// One set of it: heading and diffs, coloured if \p OS is.
llvm::Error printSet(llvm::raw_ostream &OS, const PlannedSet &Set);

/// The unified diff of one file, in git's form.
llvm::Expected<std::string> fileDiff(llvm::StringRef Path,
                                     const FileChange &Change);

} // namespace ringfence

#endif
