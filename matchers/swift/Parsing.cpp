//===-- Parsing.cpp - a Swift file's syntax, errors and all -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Parsing.h"
#include "matchers/swift/Masking.h"
#include "matchers/swift/Queries.h"
#include <algorithm>
#include <set>

using namespace ringfence;
using namespace ringfence::swift;

/// Calls \p Found with each ERROR and MISSING node at or below \p N that is no
/// known slip, until it returns false.
static void forEachError(Node N, llvm::function_ref<bool(Node)> Found) {
  TSTreeCursor C = ts_tree_cursor_new(N.raw());
  unsigned Depth = 0;
  bool InEntry = false;
  while (true) {
    Node Here(ts_tree_cursor_current_node(&C));
    // "a() ; b()" leaves an error of no width.
    bool Slip = Here.isError() && Here.range().empty();
    if (Here.isError() && InEntry)
      // "case .a, .b where x": the patterns are all there.
      Slip |= Here.child("switch_pattern") || Here.child("pattern");
    bool Bad = !Slip && (Here.isError() || Here.isMissing());
    if (Bad && !Found(Here))
      break;
    if (Here.hasError() && !Here.isError() &&
        ts_tree_cursor_goto_first_child(&C)) {
      InEntry = Here.is("switch_entry");
      ++Depth;
      continue;
    }
    bool Moved = false;
    while (Depth && !(Moved = ts_tree_cursor_goto_next_sibling(&C))) {
      ts_tree_cursor_goto_parent(&C);
      --Depth;
      TSNode Parent = ts_node_parent(ts_tree_cursor_current_node(&C));
      InEntry = Node(Parent).is("switch_entry");
    }
    if (!Moved)
      break;
  }
  ts_tree_cursor_delete(&C);
}

Node swift::firstTear(Node N) {
  Node First;
  if (N.hasError())
    forEachError(N, [&](Node Bad) {
      First = Bad;
      return false;
    });
  return First;
}

bool swift::isTorn(Node N) { return static_cast<bool>(firstTear(N)); }

static unsigned countErrors(const Tree &T) {
  unsigned Count = 0;
  if (T.root().hasError())
    forEachError(T.root(), [&](Node) { return ++Count < 100'000; });
  return Count;
}

namespace {

/// The functions that a tree holds, by the offsets at which they end.
struct Coverage {
  std::set<std::uint32_t> Whole, Torn;
};

Coverage coverageOf(const Tree &T, llvm::StringRef Bytes) {
  Coverage Result;
  declarationsQuery().forEach(
      T.root(), Bytes, [&](llvm::ArrayRef<Query::Capture> Match) {
        const Query::Capture &C = Match.front();
        if (C.Name == "function" || C.Name == "subscript")
          (isTorn(C.N) ? Result.Torn : Result.Whole).insert(C.N.range().End);
      });
  return Result;
}

} // namespace

ParsedFile swift::parseFile(Parser &P, const SourceFile &Source) {
  ParsedFile Result;
  llvm::StringRef Bytes = Source.bytes();
  Result.Whole = P.parse(Bytes);
  if (Result.Whole && !isTorn(Result.Whole.root()))
    return Result;

  std::string Code = codeOnly(Bytes);
  Outline O = outlineOf(Code);
  Masked M = mask(Bytes, Code, O);
  Tree Second = M.Bytes == Bytes ? Tree() : P.parse(M.Bytes);
  if (Second &&
      (!Result.Whole || countErrors(Second) <= countErrors(Result.Whole))) {
    Result.Whole = std::move(Second);
    Result.HiddenAwaits = std::move(M.HiddenAwaits);
  } else if (Result.Whole) {
    M.Bytes = Bytes.str();
  }
  if (Result.Whole && !isTorn(Result.Whole.root()))
    return Result;

  // Functions that are still torn or missing are parsed by themselves.
  constexpr std::size_t MostIslands = 400;
  Coverage Seen;
  if (Result.Whole)
    Seen = coverageOf(Result.Whole, Bytes);
  for (const Outline::FunctionPart &Fn : O.Functions) {
    if (Seen.Whole.count(Fn.Where.End))
      continue;
    if (Result.Islands.size() == MostIslands)
      break;
    Tree T = P.parse(M.Bytes, Fn.Where);
    if (!T)
      continue;
    Node Declaration = T.root().firstNamed();
    bool Fits = Declaration.range().End == Fn.Where.End;
    bool Better = Fits && (!isTorn(T.root()) || !Seen.Torn.count(Fn.Where.End));
    if (Better)
      Result.Islands.push_back({std::move(T), Fn.Where, Fn.Owner});
  }
  if (!Result.Whole)
    Result.Problems.push_back({Source.path().str(), 0,
                               "parsing took too many steps; only functions "
                               "that could be parsed alone were read",
                               true});
  Result.Shape = std::move(O);
  return Result;
}
