//===-- EveryWay.h - has each way through code do a thing once -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_EVERYWAY_H
#define RINGFENCE_REWRITERS_CALLKIT_EVERYWAY_H

#include "matchers/effects/Catalogue.h"
#include "rewriters/edit/Builder.h"
#include <functional>
#include <optional>
#include <string>

namespace ringfence {

/// What each way is to do once, and how that looks in one function.
struct WayRule {
  /// The code in a range of bytes does it, or hands it on to be done.
  std::function<bool(Range)> Does;
  /// The statement is nothing but the doing: "if (done) done();".
  std::function<bool(const Step &)> IsDoing;
  /// The statement that does it at a byte offset, in template form.
  std::function<std::string(std::uint32_t)> Statement;
  /// Nothing has to be done where this arm of the statement leaves.
  std::function<bool(const Step &, const Arm &)> IsExempt;
  /// A way that ends in a report of a call goes on in the report's completion.
  bool EndsInReports = true;
  /// For messages: "a call of the completion handler".
  std::string What;
};

/// Adds statements to a function or closure so that every way through it does
/// what the rule asks for, once. Ways that do it already are left alone.
class EveryWay {
public:
  EveryWay(WayRule Rule, const Catalogue &Apis, Builder &B);

  /// Writes the statements. False, with whyNot() as a clause, if a way does it
  /// on some conditions only, or has no place for a statement.
  bool write(const Function &Fn);
  /// The same for a closure of the statement \p Of.
  bool write(const Step &Of, const Closure &C);
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
  bool fail(const Step &At, llvm::StringRef What);
  bool failBothWays(const Step &At);

  const WayRule Rule;
  const Catalogue &Apis;
  Builder &B;
  const Function *Fn = nullptr; ///< if it is a function that is written to
  std::uint32_t BodyEnd = 0;    ///< of the function or closure being walked
  unsigned Added = 0;
  std::string Why;
};

} // namespace ringfence

#endif
