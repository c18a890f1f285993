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
#include <map>
#include <memory>

namespace ringfence {

/// Changes functions that report a call on some of their ways, and that other
/// code calls too, so that they return whether they have. Where every return is
/// reached either with or without a report, each says so; else a variable is
/// set beside the reports and returned. What such a function learns from one
/// that it calls itself, it asks that one: it is changed, too.
class ReportResult {
public:
  ReportResult(const ProposeInput &In, const Verdict &V);

  /// Changes \p Functions, those that one call may mean, what declares them,
  /// and the functions that they ask; what was changed by this object before is
  /// left alone. False, with whyNot() as a clause, if that cannot be told or
  /// written; \p Files is of no use then.
  bool write(llvm::ArrayRef<FunctionRef> Functions, Builders &Files);
  /// Sets the variable \p Name to true behind each report in the loop \p Loop
  /// of \p F. False if some of them report on conditions, or the loop returns.
  bool markIn(FunctionRef F, const Step &Loop, llvm::StringRef Name,
              Builder &B);
  const std::string &whyNot() const { return Why; }
  /// The functions that write() has changed, in the order of the changes.
  llvm::ArrayRef<const Function *> written() const;

private:
  using Answer = SureReports::Answer;
  /// A list of statements and the arm that it stands in.
  struct List {
    const std::vector<Step> *Steps = nullptr;
    const Step *Of = nullptr;
    const Arm *A = nullptr;
  };
  /// Whether a call has been reported where a statement is reached.
  enum class Known { No, Yes, Named /**< the variable says so */ };
  /// What is known where a list is left by its end.
  struct Left {
    bool ByEnd = true; ///< false: each way returns inside
    Known Reported = Known::No;
  };
  /// A return that is to be written.
  struct Return {
    const Step *Instead = nullptr; ///< of this statement
    List AtEnd;                    ///< or as the last statement of this
    Known Value = Known::No;
  };
  /// A statement whose call is asked for its result.
  struct Question {
    const Step *S = nullptr;
    const Call *C = nullptr;
    std::vector<FunctionRef> Callees = {};
    /// The first question of S: an SDK answers it, and if it says yes, it has
    /// had the app report before. A constant in front of S takes the answer.
    bool IsAnswer = false;
    /// The result is the function's own; what follows is not reached.
    bool IsReturned = false;
    const Step *Behind = nullptr; ///< the jump that goes then
  };
  /// What is known of all functions that have been looked at.
  struct Shared {
    const ProposeInput &In;
    SureReports Sure;
    /// Why a function cannot say whether it reported; "" if it can.
    std::map<const Function *, std::string> WhyNot = {};
    /// Those that are being looked at.
    std::vector<const Function *> Open = {};
    std::vector<const Function *> Written = {};
  };

  ReportResult(std::shared_ptr<Shared> Common, FunctionRef F);

  bool plan(Builders &Files);
  bool writeOne(FunctionRef F, Builders &Files);
  bool canSay(FunctionRef Callee);
  bool canSay(llvm::ArrayRef<FunctionRef> Callees);
  std::optional<Question> questionIn(const Step &S);

  // ReportReturns.cpp: a value at each return.
  bool writeReturns(Builder &B);
  bool writeReturn(const Return &R, Builder &B);
  void writeQuestion(const Question &Q, Builder &B) const;
  std::optional<Left> walk(const List &L, Known Reported, bool IsTail);
  std::optional<Left> walkStep(const List &L, unsigned Index, Known Reported,
                               bool IsTail);
  std::optional<Left> walkBranch(const List &L, const Step &S, Known Reported,
                                 bool IsTail);
  const Call *answerIn(const Step &S) const;
  std::optional<Left> walkQuestion(const List &L, unsigned Index, Question Q,
                                   Known Reported, bool IsTail);
  bool isTail(const List &L, unsigned Index, bool IsTail) const;

  bool writeVariable(Builder &B);
  bool mark(const List &L, llvm::StringRef Name, Builder &B, unsigned &Marked);
  void markByResult(const Question &Q, llvm::StringRef Name, bool IsFirst,
                    Builder &B) const;

  bool fail(const Step &S, llvm::StringRef What);
  bool isSwift() const { return F.In->Source->language() == Language::Swift; }
  std::string literal(bool Value) const;
  std::string resultOf(const Question &Q, const Builder &B) const;

  std::shared_ptr<Shared> Common;
  FunctionRef F;
  std::vector<Return> Returns;
  std::vector<Question> Questions;
  std::vector<FunctionRef> Alike; ///< what the same protocol asks for
  std::string NotAsked; ///< why the last call that may report is not asked
  bool MayAsk = false;  ///< other functions may be changed, too
  unsigned Loops = 0;   ///< around the statement that is walked
  std::string Why;
};

/// A name for a variable that says that a call was reported, which means
/// nothing else in \p F; "" if all are taken.
std::string nameForReported(FunctionRef F);

} // namespace ringfence

#endif
