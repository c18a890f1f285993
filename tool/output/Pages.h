//===-- Pages.h - documentation inside the program -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_PAGES_H
#define RINGFENCE_TOOL_OUTPUT_PAGES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// The page of a check or fix, "late-report", "ringfence-late-report" or
/// "report-and-end", as Markdown; none if docs/ has none.
std::optional<llvm::StringRef> pageOf(llvm::StringRef Name);

/// Names that have a page, checks first.
std::vector<std::string> pageNames();

/// Writes Markdown for a terminal: headings and emphasis in bold where \p OS
/// has colours enabled, fences as indentation.
void printPage(llvm::raw_ostream &OS, llvm::StringRef Markdown);

} // namespace ringfence

#endif
