//===-- SourceLayout.h - comments, tokens and #if regions of a file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_SOURCELAYOUT_H
#define RINGFENCE_MATCHERS_OBJC_SOURCELAYOUT_H

#include "matchers/model/Range.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ringfence::objc {

/// One branch of a conditional region.
struct ConditionalArm {
  Range Directive;       ///< from the '#' to the end of its line
  Range Inside;          ///< from there to the next directive of the region
  std::string Condition; ///< what stands behind the directive's name
};

/// An #if … #endif.
struct Conditional {
  Range Where; ///< from the '#' of #if to the end of the #endif line
  std::vector<ConditionalArm> Arms;
  bool HasElse = false;
  unsigned Depth = 0; ///< 0 for a region that stands in no other
};

/// What a raw lexer sees of a file, whatever the preprocessor leaves out.
struct SourceLayout {
  std::vector<Range> Comments;
  /// Tokens that are neither comments nor part of a directive.
  std::vector<Range> Tokens;
  std::vector<Conditional> Conditionals;  ///< outer ones first
  std::vector<std::string> ModuleImports; ///< of "@import X;"
  /// Offset behind the last #import, #include, \@import that stands before
  /// the first declaration; 0 if there is none.
  std::uint32_t EndOfImports = 0;

  explicit SourceLayout(llvm::StringRef Text);

  /// \p R widened by the comments that stand directly above it and behind it
  /// on its last line.
  Range withComments(Range R, llvm::StringRef Text) const;

  /// First token that begins at or behind \p Offset; Tokens.end() if none.
  std::vector<Range>::const_iterator tokenFrom(std::uint32_t Offset) const;
};

} // namespace ringfence::objc

#endif
