//===-- Syntax.h - a Swift syntax tree -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the Swift reader needs of tree-sitter's C interface: trees that free
/// themselves, nodes that answer in the project's own words, and a parser that
/// always comes back.
///
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_SYNTAX_H
#define RINGFENCE_MATCHERS_SWIFT_SYNTAX_H

#include "matchers/model/Range.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <tree_sitter/api.h>

namespace ringfence::swift {

struct Child;

/// A node of a syntax tree; valid as long as its Tree. A default-made Node is
/// null and answers every question with nothing.
class Node {
public:
  Node() = default;
  explicit Node(TSNode N) : N(N) {}

  explicit operator bool() const { return N.id != nullptr; }
  bool operator==(const Node &O) const { return N.id == O.N.id; }

  /// The grammar's name: "call_expression"; a token's own text for tokens.
  llvm::StringRef type() const;
  bool is(llvm::StringRef Type) const { return type() == Type; }
  bool isNamed() const { return *this && ts_node_is_named(N); }
  bool isError() const { return *this && ts_node_is_error(N); }
  bool isMissing() const { return *this && ts_node_is_missing(N); }
  bool hasError() const { return *this && ts_node_has_error(N); }
  bool isComment() const { return is("comment") || is("multiline_comment"); }
  Range range() const;

  /// Children in order, tokens included, comments left out.
  llvm::SmallVector<Child, 8> children() const;
  /// The first child that has the field name, or null.
  Node field(llvm::StringRef Name) const;
  /// The first child of that type, or null.
  Node child(llvm::StringRef Type) const;
  /// The first child that is neither token nor comment, or null.
  Node firstNamed() const;
  /// The first node of that type at or below this one, in source order.
  Node descendant(llvm::StringRef Type) const;

  TSNode raw() const { return N; }

private:
  TSNode N = {};
};

struct Child {
  Node N;
  llvm::StringRef Field; ///< "" when the child has none
};

class Tree {
public:
  explicit Tree(TSTree *T = nullptr) : T(T) {}
  explicit operator bool() const { return T != nullptr; }
  Node root() const { return T ? Node(ts_tree_root_node(T.get())) : Node(); }

private:
  struct Delete {
    void operator()(TSTree *T) const { ts_tree_delete(T); }
  };
  std::unique_ptr<TSTree, Delete> T;
};

class Parser {
public:
  Parser();

  /// Parses \p Bytes, or only \p Parts of them, in order, when there are any;
  /// ranges count from the start of \p Bytes either way. Null when the work
  /// grows out of proportion to the size: the limit counts steps, not time, so
  /// that the same bytes always end the same way.
  Tree parse(llvm::StringRef Bytes, llvm::ArrayRef<Range> Parts = {});

private:
  struct Delete {
    void operator()(TSParser *P) const { ts_parser_delete(P); }
  };
  std::unique_ptr<TSParser, Delete> P;
};

/// The Swift grammar.
const TSLanguage *language();

} // namespace ringfence::swift

#endif
