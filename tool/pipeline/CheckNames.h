//===-- CheckNames.h - names of checks as users write them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_CHECKNAMES_H
#define RINGFENCE_TOOL_PIPELINE_CHECKNAMES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// Of \p Known, the word nearest to \p Word; "" if none is near enough to have
/// been meant.
std::string nearest(llvm::StringRef Word, llvm::ArrayRef<std::string> Known);

/// "; did you mean 'fix'?", or "" where nothing is near.
std::string didYouMean(llvm::StringRef Word, llvm::ArrayRef<std::string> Known);

/// Ids of everything that can be found: the checks, and unused suppressions.
std::vector<std::string> checkIds();

/// A glob of a list of checks that fits none.
struct UnknownCheck {
  std::size_t Offset; ///< of it in the list
  std::string Message;
};

/// The first glob of \p Globs ("*,-ringfence-late-report") that fits no check.
std::optional<UnknownCheck> unknownCheck(llvm::StringRef Globs);

} // namespace ringfence

#endif
