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

/// A compiled query. Of the predicates only #any-of? exists here: the text of
/// a capture is one of some strings.
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
  struct AnyOf {
    std::uint32_t Capture;
    std::vector<std::string> Values;
  };
  std::vector<std::vector<AnyOf>> Predicates; ///< by pattern
};

/// declarations.scm, handlers.scm and registrations.scm, compiled once.
const Query &declarationsQuery();
const Query &handlersQuery();
const Query &registrationsQuery();

} // namespace ringfence::swift

#endif
