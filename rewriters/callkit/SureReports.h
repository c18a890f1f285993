//===-- SureReports.h - whether a statement reports a call in any case -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_SUREREPORTS_H
#define RINGFENCE_REWRITERS_CALLKIT_SUREREPORTS_H

#include "rewriters/callkit/Blocks.h"

namespace ringfence {

/// Tells statements that report a call each time they run from those that never
/// do and those that do so on some conditions, or later.
class SureReports {
public:
  enum class Answer { No, Maybe, Yes };

  SureReports(const ProposeInput &In, const Verdict &V)
      : In(In), V(V), May(In, V) {}

  /// What \p S, a statement of \p Caller, does. A statement with arms that
  /// may report is a Maybe.
  Answer of(const Step &S, FunctionRef Caller);
  /// What the condition of \p A does.
  Answer ofCondition(const Arm &A, FunctionRef Caller);

private:
  bool reports(const Call &C, const Step &S, FunctionRef Caller);
  bool always(FunctionRef F);

  const ProposeInput &In;
  const Verdict &V;
  Reporting May;
  std::map<const Function *, bool> Known;
};

} // namespace ringfence

#endif
