//===-- Queries.cpp - tree-sitter queries over Swift -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Queries.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/ErrorHandling.h"
#include <optional>

using namespace ringfence;
using namespace ringfence::swift;

// Defines Declarations, Handlers and Registrations, the texts of the .scm
// files beside this one.
#include "SwiftQueries.inc"

static llvm::StringRef stringOf(const TSQuery *Q, std::uint32_t Id) {
  std::uint32_t Length = 0;
  const char *S = ts_query_string_value_for_id(Q, Id, &Length);
  return {S, Length};
}

Query::Query(llvm::StringRef Text) {
  std::uint32_t Offset = 0;
  TSQueryError Error = TSQueryErrorNone;
  Q.reset(ts_query_new(language(), Text.data(),
                       static_cast<std::uint32_t>(Text.size()), &Offset,
                       &Error));
  if (!Q)
    llvm::report_fatal_error(llvm::Twine("Swift query: error at byte ") +
                             llvm::Twine(Offset));
  std::uint32_t Patterns = ts_query_pattern_count(Q.get());
  Predicates.resize(Patterns);
  for (std::uint32_t P = 0; P != Patterns; ++P) {
    std::uint32_t Count = 0;
    const TSQueryPredicateStep *Steps =
        ts_query_predicates_for_pattern(Q.get(), P, &Count);
    Predicate Current;
    bool AtName = true;
    for (const TSQueryPredicateStep &S : llvm::ArrayRef(Steps, Count)) {
      if (S.type == TSQueryPredicateStepTypeDone) {
        Predicates[P].push_back(std::exchange(Current, {}));
        AtName = true;
      } else if (S.type == TSQueryPredicateStepTypeCapture) {
        Current.Capture = S.value_id;
      } else if (AtName) {
        using K = Predicate::Kind;
        auto Named =
            llvm::StringSwitch<std::optional<K>>(stringOf(Q.get(), S.value_id))
                .Case("any-field-of?", K::AnyFieldOf)
                .Case("field-ends-with?", K::FieldEndsWith)
                .Case("begins-with?", K::BeginsWith)
                .Default(std::nullopt);
        if (!Named)
          llvm::report_fatal_error("Swift query: unknown predicate");
        Current.K = *Named;
        AtName = false;
      } else if (Current.K != Predicate::Kind::BeginsWith &&
                 Current.Field.empty()) {
        Current.Field = stringOf(Q.get(), S.value_id).str();
      } else {
        Current.Values.push_back(stringOf(Q.get(), S.value_id).str());
      }
    }
  }
}

bool Query::Predicate::holds(Node N, llvm::StringRef Bytes) const {
  Range R = (K == Kind::BeginsWith ? N : N.field(Field)).range();
  llvm::StringRef Text = Bytes.slice(R.Begin, R.End);
  return llvm::any_of(Values, [&](llvm::StringRef V) {
    return K == Kind::AnyFieldOf      ? Text == V
           : K == Kind::FieldEndsWith ? Text.ends_with(V)
                                      : Text.starts_with(V);
  });
}

void Query::forEach(
    Node Root, llvm::StringRef Bytes,
    llvm::function_ref<void(llvm::ArrayRef<Capture>)> Found) const {
  if (!Root)
    return;
  std::unique_ptr<TSQueryCursor, void (*)(TSQueryCursor *)> Cursor(
      ts_query_cursor_new(), ts_query_cursor_delete);
  ts_query_cursor_exec(Cursor.get(), Q.get(), Root.raw());
  TSQueryMatch M;
  while (ts_query_cursor_next_match(Cursor.get(), &M)) {
    llvm::ArrayRef<TSQueryCapture> Raw(M.captures, M.capture_count);
    bool Holds = llvm::all_of(Predicates[M.pattern_index], [&](auto &P) {
      return llvm::all_of(Raw, [&](const TSQueryCapture &C) {
        return C.index != P.Capture || P.holds(Node(C.node), Bytes);
      });
    });
    if (!Holds)
      continue;
    llvm::SmallVector<Capture, 4> Captures;
    for (const TSQueryCapture &C : Raw) {
      std::uint32_t Length = 0;
      const char *Name =
          ts_query_capture_name_for_id(Q.get(), C.index, &Length);
      Captures.push_back({{Name, Length}, Node(C.node)});
    }
    Found(Captures);
  }
}

const Query &swift::declarationsQuery() {
  static const Query Q(Declarations);
  return Q;
}

const Query &swift::handlersQuery() {
  static const Query Q(Handlers);
  return Q;
}

const Query &swift::registrationsQuery() {
  static const Query Q(Registrations);
  return Q;
}
