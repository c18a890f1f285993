//===-- Syntax.cpp - a Swift syntax tree -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Syntax.h"

using namespace ringfence;
using namespace ringfence::swift;

extern "C" const TSLanguage *tree_sitter_swift(void);

const TSLanguage *swift::language() { return tree_sitter_swift(); }

llvm::StringRef Node::type() const { return *this ? ts_node_type(N) : ""; }

Range Node::range() const {
  if (!*this)
    return {};
  return {ts_node_start_byte(N), ts_node_end_byte(N)};
}

llvm::SmallVector<Child, 8> Node::children() const {
  llvm::SmallVector<Child, 8> Result;
  if (!*this)
    return Result;
  TSTreeCursor C = ts_tree_cursor_new(N);
  if (ts_tree_cursor_goto_first_child(&C)) {
    do {
      Node K(ts_tree_cursor_current_node(&C));
      if (K.isComment())
        continue;
      const char *Field = ts_tree_cursor_current_field_name(&C);
      Result.push_back({K, Field ? Field : ""});
    } while (ts_tree_cursor_goto_next_sibling(&C));
  }
  ts_tree_cursor_delete(&C);
  return Result;
}

Node Node::field(llvm::StringRef Name) const {
  if (!*this)
    return {};
  return Node(ts_node_child_by_field_name(
      N, Name.data(), static_cast<std::uint32_t>(Name.size())));
}

Node Node::child(llvm::StringRef Type) const {
  for (const Child &C : children())
    if (C.N.is(Type))
      return C.N;
  return {};
}

Node Node::firstNamed() const {
  for (const Child &C : children())
    if (C.N.isNamed())
      return C.N;
  return {};
}

Node Node::descendant(llvm::StringRef Type) const {
  if (!*this)
    return {};
  TSTreeCursor C = ts_tree_cursor_new(N);
  Node Found;
  unsigned Depth = 0;
  for (bool More = true; More;) {
    Node Here(ts_tree_cursor_current_node(&C));
    if (Here.is(Type)) {
      Found = Here;
      break;
    }
    if (ts_tree_cursor_goto_first_child(&C)) {
      ++Depth;
      continue;
    }
    while (Depth && !ts_tree_cursor_goto_next_sibling(&C)) {
      ts_tree_cursor_goto_parent(&C);
      --Depth;
    }
    More = Depth != 0;
  }
  ts_tree_cursor_delete(&C);
  return Found;
}

Parser::Parser() : P(ts_parser_new()) {
  ts_parser_set_language(P.get(), language());
}

namespace {

struct Text {
  llvm::StringRef Bytes;
  static const char *read(void *Payload, std::uint32_t Offset, TSPoint,
                          std::uint32_t *Length) {
    llvm::StringRef Rest = static_cast<Text *>(Payload)->Bytes.substr(Offset);
    *Length = static_cast<std::uint32_t>(Rest.size());
    return Rest.data();
  }
};

struct Budget {
  std::uint64_t Left;
  static bool spent(TSParseState *State) {
    auto *B = static_cast<Budget *>(State->payload);
    return B->Left == 0 || --B->Left == 0;
  }
};

/// tree-sitter asks once every hundred steps, and clean code takes about half
/// a step a byte: this allows a few hundred times as many.
constexpr std::uint64_t QuestionsPerByte = 2, QuestionsAtLeast = 20'000;

} // namespace

Tree Parser::parse(llvm::StringRef Bytes, llvm::ArrayRef<Range> Parts) {
  std::vector<TSRange> Included;
  std::uint64_t Size = Parts.empty() ? Bytes.size() : 0;
  for (Range R : Parts) {
    // Points are never asked for, so a column on one endless row will do.
    Included.push_back({{0, R.Begin}, {0, R.End}, R.Begin, R.End});
    Size += R.size();
  }
  ts_parser_set_included_ranges(P.get(), Included.data(),
                                static_cast<std::uint32_t>(Included.size()));
  Text T{Bytes};
  Budget B{QuestionsAtLeast + QuestionsPerByte * Size};
  TSInput Input = {&T, Text::read, TSInputEncodingUTF8, nullptr};
  TSParseOptions Options = {&B, Budget::spent};
  ts_parser_reset(P.get());
  return Tree(ts_parser_parse_with_options(P.get(), nullptr, Input, Options));
}
