//===-- LateReport.h - a report that comes after the method -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_LATEREPORT_H
#define RINGFENCE_REWRITERS_CALLKIT_LATEREPORT_H

#include "rewriters/callkit/Blocks.h"
#include "rewriters/edit/Builder.h"
#include <set>
#include <string>

namespace ringfence {

/// The statement of a handler whose closure runs after the method has
/// returned, and the report inside.
struct LateReport {
  const JudgedHandler *H = nullptr;
  /// Levels down to the statement that reports, or to the one that leads there.
  std::vector<Level> Levels;
  unsigned HopLevel = 0; ///< Levels[HopLevel].step() is the statement
  /// The report, if it stands in the closure itself; else null.
  const Call *Report = nullptr;

  const Step &hop() const { return Levels[HopLevel].step(); }
  const Closure &closure() const { return *Levels[HopLevel + 1].InClosure; }
};

/// The one late report of \p H. None, with \p Why, if there are several, or it
/// does not stand in a closure of the handler itself.
std::optional<LateReport> findLateReport(const ProposeInput &In,
                                         const JudgedHandler &H,
                                         std::string &Why);

/// "guard let self else { return }" in a closure: in the method itself, self is
/// always there.
bool unwrapsSelf(const Step &S);

/// Takes the hop to the main queue away: the handler runs there already. False,
/// with \p Why, if the closure's statements would mean something else in the
/// method itself.
bool runNow(const ProposeInput &In, const LateReport &L, Builder &B,
            std::string &Why);

/// Reports in front of the statement with what is known there; the closure
/// tells CallKit the rest. Notes are for the fix set.
struct EarlyReport {
  bool Written = false;
  std::string Why; ///< why not
  bool HandleIsUnknown = false;
  bool OtherWork = false;     ///< the closure does more than look things up
  unsigned EndsOnFailure = 0; ///< ways on which the call is ended
};
EarlyReport reportEarly(const ProposeInput &In, const LateReport &L,
                        Builder &B);

} // namespace ringfence

#endif
