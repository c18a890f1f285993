//===-- CompletionCalls.h - calls the completion handler on every way -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_COMPLETIONCALLS_H
#define RINGFENCE_REWRITERS_PUSHKIT_COMPLETIONCALLS_H

#include "matchers/effects/Catalogue.h"
#include "rewriters/edit/Builder.h"
#include <string>

namespace ringfence {

/// Adds calls of a push's completion handler to a function so that every way
/// through it calls the handler once. A way that names the handler (a call, or
/// handing it on) is taken to call it and is left alone. Where a way ends in a
/// report of a call, the handler is called in the report's own completion.
class CompletionCalls {
public:
  /// \p Name is the handler's name inside \p Fn.
  CompletionCalls(const Function &Fn, std::string Name, const Catalogue &Apis,
                  Builder &B);

  /// Writes the calls. False, with whyNot() as a clause, if a way calls the
  /// handler on some conditions only, or has no place for a statement.
  bool write();
  unsigned added() const { return Added; }
  const std::string &whyNot() const { return Why; }

private:
  /// What a way has done so far.
  enum class State { No, Maybe, Yes };
  /// A list of statements and what it is the body of.
  struct List {
    const std::vector<Step> *Steps = nullptr;
    const Step *Of = nullptr;
    const Arm *A = nullptr;
    const Closure *C = nullptr;
  };

  std::optional<State> walk(const List &L, State S);
  std::optional<State> walkStep(const Step &St, const List &L, unsigned Index,
                                State S);
  std::optional<State> walkBranch(const Step &St, State S);
  bool walkBody(const List &L, std::uint32_t End);
  bool finishEnd(const List &L);
  bool sinks(const std::vector<Step> &Steps) const;
  const Closure *reportsOwnClosure(const Step &St) const;
  bool callAt(const List &L, unsigned Index);
  bool names(Range R) const;
  bool fail(const Step &At, llvm::StringRef What);
  std::string statement() const;

  const Function &Fn;
  const std::string Name;
  const Catalogue &Apis;
  Builder &B;
  bool Swift;
  std::uint32_t BodyEnd = 0; ///< of the function or closure being walked
  unsigned Added = 0;
  std::string Why;
};

} // namespace ringfence

#endif
