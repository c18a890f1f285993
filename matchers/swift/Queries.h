//===-- Queries.h - tree-sitter queries over Swift -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_QUERIES_H
#define RINGFENCE_MATCHERS_SWIFT_QUERIES_H

#include "matchers/swift/Syntax.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace ringfence::swift {

/// A compiled query. Its predicates are the project's own; each holds when
/// one of its strings fits:
///   (#any-field-of? @c field "a" …)     the text of c's field is the string
///   (#field-ends-with? @c field "a" …)  that text ends with it
///   (#begins-with? @c "a" …)            the text of c begins with it
class Query {
public:
  /// \p Text must be valid: the queries are part of the program.
  explicit Query(llvm::StringRef Text);

  struct Capture {
    llvm::StringRef Name; ///< without the "@"
    Node N;
  };
  /// Calls \p Found with each match below \p Root, in source order.
  void forEach(Node Root, llvm::StringRef Bytes,
               llvm::function_ref<void(llvm::ArrayRef<Capture>)> Found) const;

private:
  struct Delete {
    void operator()(TSQuery *Q) const { ts_query_delete(Q); }
  };
  std::unique_ptr<TSQuery, Delete> Q;
  struct Predicate {
    enum class Kind { AnyFieldOf, FieldEndsWith, BeginsWith };
    Kind K = Kind::BeginsWith;
    std::uint32_t Capture = 0;
    std::string Field;
    std::vector<std::string> Values;
    bool holds(Node N, llvm::StringRef Bytes) const;
  };
  std::vector<std::vector<Predicate>> Predicates; ///< by pattern
};

/// declarations.scm, handlers.scm and registrations.scm, compiled once.
const Query &declarationsQuery();
const Query &handlersQuery();
const Query &registrationsQuery();

} // namespace ringfence::swift

#endif
