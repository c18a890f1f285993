//===-- Fix.h - one fix, as a row of a table -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_FIX_H
#define RINGFENCE_REWRITERS_FIX_H

#include "rewriters/Propose.h"
#include "llvm/ADT/ArrayRef.h"

namespace ringfence {

/// What one fix is asked for: the findings of its check about one handler, or
/// about the project (then there is no handler).
struct FixRequest {
  const ProposeInput &In;
  MigrationStep Step = MigrationStep::Report;
  int HandlerIndex = -1;          ///< into In.Handlers, or -1
  std::vector<unsigned> Findings; ///< into In.Findings, in source order

  const JudgedHandler &handler() const { return In.Handlers[HandlerIndex]; }
  /// The findings of \p Check about the same handler.
  std::vector<unsigned> others(llvm::StringRef Check) const {
    std::vector<unsigned> Same;
    for (unsigned I = 0; I < In.Findings.size(); ++I)
      if (In.Findings[I].Check == Check &&
          In.Findings[I].HandlerIndex == HandlerIndex)
        Same.push_back(I);
    return Same;
  }
  /// The handler's app reports no calls: it is to leave PushKit.
  bool isToLeave() const {
    return HandlerIndex >= 0 && !others("ringfence-push-without-calls").empty();
  }
  /// A fix for \p Check, which stands further up in the table, changes the same
  /// handler in this turn.
  bool comesAfter(llvm::StringRef Check) const {
    for (const Finding &F : In.Findings)
      if (F.Check == Check && F.HandlerIndex == HandlerIndex &&
          F.Advice.empty())
        return true;
    return false;
  }
  /// Says why a step that was asked for is not taken here, as a sentence
  /// without its full stop: there may be no finding to say it in.
  void refuse(const std::string &Why) const {
    if (Refused)
      Refused->push_back(
          {handler().In->Source->path().str(), 0, Why, /*Fatal=*/false});
  }
  std::vector<Problem> *Refused = nullptr;
  /// Says in the findings why this fix does not close them.
  void advise(llvm::StringRef Advice) const {
    for (unsigned F : Findings)
      if (In.Findings[F].Advice.empty())
        In.Findings[F].Advice = Advice.str();
  }
};

/// A fix is a function from findings to at most one set. It fills in
/// Finding::Advice where it cannot help.
struct Fix {
  const char *Id;    ///< "report-and-end"
  const char *Check; ///< whose findings it closes
  llvm::ArrayRef<MigrationStep> Steps;
  std::optional<FixSet> (*Make)(const FixRequest &);
  /// Where only the team knows the answer, a set has placeholders.
  bool MayHavePlaceholders = false;
  /// The least that a set asks of its reader.
  Applicability Least = Applicability::Review;
};

/// What \p Step of the fixes leaves undone on purpose, with the reason: one
/// problem for each handler whose clean-up has to wait.
std::vector<Problem> refusals(const ProposeInput &In, MigrationStep Step);

/// All fixes in the order in which their sets are offered for one handler.
llvm::ArrayRef<Fix> allFixes();

} // namespace ringfence

#endif
