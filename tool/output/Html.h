//===-- Html.h - a page of the findings -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_HTML_H
#define RINGFENCE_TOOL_OUTPUT_HTML_H

#include "tool/output/Report.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes one self-contained page: every finding with its source and the path
/// to it drawn in, the fix's command, filters, keys. It loads nothing and is
/// complete without scripts.
void printHtml(llvm::raw_ostream &OS, const Report &R);

/// One stop of a path: "takes this case"; the last one is the finding.
struct Stop {
  Place At;
  std::string Message;
  bool IsFinding = false;
};

/// Writes the lines around \p Stops (all in one file), those of \p Whole as a
/// block unless they are many, with the stops numbered from \p FirstNumber.
void printExcerpt(llvm::raw_ostream &OS, llvm::ArrayRef<Stop> Stops,
                  Place Whole, unsigned FirstNumber);

/// \p Text with the characters that mean something in HTML escaped, and what is
/// not UTF-8 or cannot be shown replaced.
std::string htmlText(llvm::StringRef Text);

} // namespace ringfence

#endif
