//===-- Summary.h - what a run looked at -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_SUMMARY_H
#define RINGFENCE_TOOL_OUTPUT_SUMMARY_H

#include "tool/output/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Says what \p A looked at and how, each handler with its verdict, what could
/// not be followed, and how many findings there are. \p Verbose names every
/// problem; without it those that change nothing in the result are counted.
void printSummary(llvm::raw_ostream &OS, const Analysis &A, bool Verbose);

/// Names the commands that show the fixes of \p R, each with how many findings
/// it closes and how far it can be trusted. Writes nothing if there is no fix.
void printFixCommands(llvm::raw_ostream &OS, const Report &R);

/// What the summary and the plan say of a handler that reports like \p R, after
/// its name.
llvm::StringRef saying(Reports R);

/// "1 file", "2 files".
std::string counted(std::size_t N, llvm::StringRef One,
                    llvm::StringRef Many = "");

} // namespace ringfence

#endif
