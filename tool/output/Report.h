//===-- Report.h - what printers print -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_REPORT_H
#define RINGFENCE_TOOL_OUTPUT_REPORT_H

#include "tool/pipeline/Analysis.h"
#include <string>
#include <vector>

namespace ringfence {

/// A run's results as printers take them.
struct Report {
  const Analysis &A;
  const std::vector<FixSet> &Sets; ///< of all steps, for A's findings
  std::string Version;             ///< of the program
  std::string Root;                ///< the run's root, absolute
  /// What the user named, ready for a shell: " App/Push.m", "" for all.
  std::string Arguments;
  /// Folder of the root in what a CI system calls the workspace, "ios/" or "".
  std::string Prefix;
};

/// The first of \p R's sets that closes finding \p Index of its analysis; null
/// if there is none.
const FixSet *fixOf(const Report &R, unsigned Index);

/// The command that previews \p Set and its like:
/// "ringfence fix --step move --only message-work".
std::string fixCommand(const Report &R, const FixSet &Set);

/// \p Path as a relative URI reference (RFC 3986): bytes beyond its unreserved
/// characters are percent-encoded.
std::string uriOf(llvm::StringRef Path);

/// \p Word as a shell reads it back: quoted if it needs to be.
std::string shellWord(llvm::StringRef Word);

/// 1-based column of byte \p Offset in UTF-16 code units, as SARIF viewers and
/// GitHub count. Bytes that are not UTF-8 count as one unit each.
unsigned utf16Column(const SourceFile &Source, std::uint32_t Offset);

/// \p Text as UTF-8, U+FFFD in place of what is none.
std::string validUtf8(llvm::StringRef Text);

} // namespace ringfence

#endif
