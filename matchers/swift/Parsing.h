//===-- Parsing.h - a Swift file's syntax, errors and all -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_PARSING_H
#define RINGFENCE_MATCHERS_SWIFT_PARSING_H

#include "matchers/model/SourceFile.h"
#include "matchers/swift/Outline.h"
#include "matchers/swift/Syntax.h"
#include <string>
#include <vector>

namespace ringfence::swift {

/// A function that the tree of the whole file lost or tore apart, parsed by
/// itself.
struct Island {
  Tree T;
  Range Where;
  std::string Owner; ///< the type around it, by its braces
};

/// Everything that could be made of a file's syntax.
struct ParsedFile {
  Tree Whole; ///< null when even the attempt took too long
  std::vector<Island> Islands;
  std::vector<std::uint32_t> HiddenAwaits;
  /// Filled where the whole did not parse clean: says what is inside what
  /// when the tree no longer does.
  Outline Shape;
  std::vector<Problem> Problems;
};

ParsedFile parseFile(Parser &P, const SourceFile &Source);

/// Whether something in \p N was not understood: an error that is more than
/// the grammar's known slips.
bool isTorn(Node N);

/// The first such error at or below \p N, null if there is none.
Node firstTear(Node N);

} // namespace ringfence::swift

#endif
