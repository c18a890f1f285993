//===-- Xcode.h - findings for the build log of Xcode -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_XCODE_H
#define RINGFENCE_TOOL_OUTPUT_XCODE_H

#include "tool/output/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes lines that Xcode takes from the log of a build phase into its issue
/// navigator: "/path/File.m:1:2: warning: message", with notes for the path and
/// for the command that shows the fix.
void printXcode(llvm::raw_ostream &OS, const Report &R);

} // namespace ringfence

#endif
