//===-- ReportResult.h - has a function say whether it reported a call -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_REPORTRESULT_H
#define RINGFENCE_REWRITERS_CALLKIT_REPORTRESULT_H

#include "rewriters/callkit/SureReports.h"
#include "rewriters/edit/Builders.h"

namespace ringfence {

/// Changes a function that reports a call on some of its ways, and that other
/// code calls too, so that it returns whether it has. Where every return is
/// reached either with or without a report, each says so; else a variable is
/// set beside the reports and returned.
class ReportResult {
public:
  ReportResult(const ProposeInput &In, const Verdict &V)
      : In(In), Sure(In, V) {}

  /// Changes \p F and what declares it. False, with whyNot() as a clause, if
  /// that cannot be told or written; \p Files is of no use then.
  bool write(FunctionRef F, Builders &Files);
  /// Sets the variable \p Name to true behind each report in the loop \p Loop
  /// of \p F. False if some of them report on conditions, or the loop returns.
  bool markIn(FunctionRef F, const Step &Loop, llvm::StringRef Name,
              Builder &B);
  const std::string &whyNot() const { return Why; }

private:
  using Answer = SureReports::Answer;
  /// A list of statements and the arm that it stands in.
  struct List {
    const std::vector<Step> *Steps = nullptr;
    const Step *Of = nullptr;
    const Arm *A = nullptr;
  };
  /// What has been reported where a list is left by its end.
  struct Left {
    bool ByEnd = true; ///< false: each way returns inside
    bool Reported = false;
  };
  /// A return that is to be written.
  struct Return {
    const Step *Instead = nullptr; ///< of this statement
    List AtEnd;                    ///< or as the last statement of this
    bool Value = false;
  };

  bool writeReturns(Builder &B);
  std::optional<Left> walk(const List &L, bool Reported, bool IsTail);
  std::optional<Left> walkStep(const Step &S, bool Reported, bool IsTail);
  std::optional<Left> walkBranch(const Step &S, bool Reported, bool IsTail);
  bool isTail(const List &L, unsigned Index, bool IsTail) const;

  bool writeVariable(Builder &B);
  bool mark(const List &L, llvm::StringRef Name, Builder &B, unsigned &Marked);

  bool fail(const Step &S, llvm::StringRef What);
  bool isSwift() const { return F.In->Source->language() == Language::Swift; }
  std::string literal(bool Value) const;

  const ProposeInput &In;
  SureReports Sure;
  FunctionRef F;
  std::vector<Return> Returns;
  unsigned Loops = 0; ///< around the statement that is walked
  std::string Why;
};

/// A name for a variable that says that a call was reported, which means
/// nothing else in \p F; "" if all are taken.
std::string nameForReported(FunctionRef F);

} // namespace ringfence

#endif
