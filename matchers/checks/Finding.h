//===-- Finding.h - what a check has to say -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_CHECKS_FINDING_H
#define RINGFENCE_MATCHERS_CHECKS_FINDING_H

#include "matchers/flow/Verdict.h"
#include <string>
#include <vector>

namespace ringfence {

enum class Severity { Error, Warning, Note };
llvm::StringRef nameOf(Severity S);

/// A handler, what was judged of it, and the project facts around it.
struct JudgedHandler {
  const File *In = nullptr;
  const Handler *H = nullptr;
  Verdict V;
  /// A second form with completion stands in the same type: iOS calls that
  /// one, and this one is dead.
  bool IsDead = false;
  const Function &function() const { return In->Functions[H->FunctionIndex]; }
};

struct Finding {
  std::string Check; ///< "ringfence-late-report"
  Severity S = Severity::Warning;
  Place At;
  std::string Message;
  std::vector<PathNote> Notes;
  /// Index into the run's judged handlers, or -1 for project findings.
  int HandlerIndex = -1;
  /// What the finding speaks of, for the rewriters: indices into the
  /// verdict's Exits and Steps.
  std::vector<unsigned> Exits;
  std::vector<unsigned> Steps;
  /// Why no fix is offered, when there is a reason to give.
  std::string Advice;
};

} // namespace ringfence

#endif
