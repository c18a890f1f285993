//===-- Operators.h - binary operators with the precedence of Swift -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The grammar does not know the precedence of every operator: "a != b && c"
/// comes out of it as "a != (b && c)". Chains of binary operators are
/// therefore flattened and put together again.
///
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_OPERATORS_H
#define RINGFENCE_MATCHERS_SWIFT_OPERATORS_H

#include "matchers/swift/Syntax.h"
#include <string>
#include <vector>

namespace ringfence::swift {

/// Where the grammar hung a call on the wrong node: \p With is what it is a
/// call of.
struct StandIn {
  Node For, With;
};

/// An expression down to the operands of its binary operators.
struct Term {
  enum class Kind {
    Leaf,    ///< Operand
    Ternary, ///< Parts: condition, if true, if false
    Or,      ///< Parts, two or more; And, Coalesce and Plain likewise
    And,
    Compare,  ///< Parts[0] Operator Parts[1]: ==, !=, <, ~=, …
    Coalesce, ///< ??
    Plain,    ///< any others: arithmetic, ranges, operators of the project
  };
  Kind K = Kind::Leaf;
  Node Operand;
  std::string Operator;
  std::vector<Term> Parts;
  std::vector<StandIn> StandIns; ///< of a leaf
  Range Where;
  /// A "try" or "await" further left in the chain covers this leaf too.
  bool AfterTry = false, AfterTryOptional = false, AfterTryForced = false;
  bool AfterAwait = false;
};

/// Takes \p N apart; a Leaf when it is no binary expression.
Term terms(Node N, llvm::StringRef Source);

} // namespace ringfence::swift

#endif
