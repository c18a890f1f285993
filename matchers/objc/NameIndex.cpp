//===-- NameIndex.cpp - finds definitions without Clang -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Reader.h"
#include <memory>
#include <tree_sitter/api.h>

using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

extern "C" const TSLanguage *tree_sitter_objc(void);

namespace {

/// The grammar can loop on C++ (tree-sitter-objc issue 22).
constexpr std::uint64_t TimeoutInMicroseconds = 2'000'000;

struct Deleter {
  void operator()(TSParser *P) const { ts_parser_delete(P); }
  void operator()(TSTree *T) const { ts_tree_delete(T); }
};

class Indexer {
public:
  Indexer(StringRef Bytes, std::vector<IndexedName> &Out)
      : Bytes(Bytes), Out(Out) {}

  /// Walks the tree with a cursor, so that depth costs no stack.
  void run(TSNode Root) {
    TSTreeCursor Cursor = ts_tree_cursor_new(Root);
    bool Descend = true;
    for (;;) {
      if (Descend) {
        Descend = visit(ts_tree_cursor_current_node(&Cursor));
        if (Descend && ts_tree_cursor_goto_first_child(&Cursor))
          continue;
      }
      if (ts_tree_cursor_goto_next_sibling(&Cursor)) {
        Descend = true;
        continue;
      }
      if (!ts_tree_cursor_goto_parent(&Cursor))
        break;
      Descend = false;
    }
    ts_tree_cursor_delete(&Cursor);
  }

private:
  StringRef Bytes;
  std::vector<IndexedName> &Out;
  std::string Owner;
  std::uint32_t OwnerEnd = 0;

  StringRef text(TSNode N) const {
    return Bytes.slice(ts_node_start_byte(N), ts_node_end_byte(N));
  }

  TSNode childOfType(TSNode N, StringRef Type) const {
    for (std::uint32_t I = 0, E = ts_node_child_count(N); I < E; ++I)
      if (TSNode C = ts_node_child(N, I); ts_node_type(C) == Type)
        return C;
    return TSNode{};
  }

  /// \returns whether definitions may stand inside \p N.
  bool visit(TSNode N) {
    StringRef Type = ts_node_type(N);
    if (Type == "class_implementation" || Type == "category_implementation") {
      TSNode Name = childOfType(N, "identifier");
      Owner = ts_node_is_null(Name) ? "" : text(Name).str();
      OwnerEnd = ts_node_end_byte(N);
      return true;
    }
    if (Type == "method_definition") {
      std::string Selector;
      for (std::uint32_t I = 0, E = ts_node_child_count(N); I < E; ++I) {
        TSNode C = ts_node_child(N, I);
        StringRef ChildType = ts_node_type(C);
        if (ChildType == "identifier")
          Selector += text(C);
        else if (ChildType == "method_parameter" || ChildType == ":")
          Selector += ':';
      }
      add(Selector, N);
      return false;
    }
    if (Type == "function_definition") {
      TSNode D = ts_node_child_by_field_name(N, "declarator", 10);
      while (!ts_node_is_null(D) &&
             StringRef(ts_node_type(D)) != "identifier") {
        TSNode Inner = ts_node_child_by_field_name(D, "declarator", 10);
        if (ts_node_is_null(Inner))
          break;
        D = Inner;
      }
      if (!ts_node_is_null(D) && StringRef(ts_node_type(D)) == "identifier")
        add(text(D).str(), N, /*IsFunction=*/true);
      return false;
    }
    return true;
  }

  void add(std::string Name, TSNode N, bool IsFunction = false) {
    if (Name.empty())
      return;
    std::uint32_t Offset = ts_node_start_byte(N);
    bool Inside = !IsFunction && Offset < OwnerEnd;
    Out.push_back({std::move(Name), Inside ? Owner : "", Offset});
  }
};

} // namespace

std::vector<IndexedName> ringfence::objc::indexNames(StringRef Bytes) {
  std::vector<IndexedName> Names;
  std::unique_ptr<TSParser, Deleter> Parser(ts_parser_new());
  ts_parser_set_language(Parser.get(), tree_sitter_objc());
  ts_parser_set_timeout_micros(Parser.get(), TimeoutInMicroseconds);
  std::unique_ptr<TSTree, Deleter> Tree(ts_parser_parse_string(
      Parser.get(), nullptr, Bytes.data(), Bytes.size()));
  if (Tree)
    Indexer(Bytes, Names).run(ts_tree_root_node(Tree.get()));
  return Names;
}
