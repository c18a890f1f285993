//===-- Words.h - the identifiers of a piece of source -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_WORDS_H
#define RINGFENCE_REWRITERS_CAPTURE_WORDS_H

#include "matchers/model/SourceFile.h"
#include "llvm/ADT/StringRef.h"
#include <utility>
#include <vector>

namespace ringfence {

/// An identifier outside comments and string literals. What a Swift string
/// interpolates is scanned too.
struct Word {
  Range Where; ///< byte offsets into the scanned text
  llvm::StringRef Text;
  bool IsMember = false; ///< behind "." or "->"
  /// Swift: an argument label. Objective-C: a piece of a selector.
  bool IsLabel = false;
  char Before = 0; ///< the last byte before it that is no blank, 0 at the start
  char After = 0;  ///< the first byte behind it that is no blank
};

/// The identifiers in bytes \p Within of \p Bytes, in source order. Brackets
/// are counted from the beginning of \p Within.
std::vector<Word> words(llvm::StringRef Bytes, Range Within, Language L);

/// \p Text with its words replaced: each pair is a word's range (in \p Text)
/// and what takes its place. Ranges must not overlap.
std::string replaced(llvm::StringRef Text,
                     std::vector<std::pair<Range, std::string>> Replacements);

} // namespace ringfence

#endif
