//===-- BaselineFile.h - the file of accepted findings -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_BASELINEFILE_H
#define RINGFENCE_TOOL_COMMANDS_BASELINEFILE_H

#include "tool/commands/RunOptions.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes the findings of \p A to \p Path, whole or not at all.
llvm::Error writeBaselineFile(const Analysis &A, llvm::StringRef Path);

/// Hides what the file at \p Path accepts, and names on \p Say its entries that
/// no finding matches, of the files and checks that \p Options look at.
llvm::Error applyBaselineFile(Analysis &A, std::vector<FixSet> &Sets,
                              const AnalysisOptions &Options,
                              llvm::StringRef Path, llvm::raw_ostream &Say);

} // namespace ringfence

#endif
