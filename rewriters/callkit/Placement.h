//===-- Placement.h - where reports go that close exits -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_PLACEMENT_H
#define RINGFENCE_REWRITERS_CALLKIT_PLACEMENT_H

#include "rewriters/callkit/Blocks.h"
#include "rewriters/callkit/CallChain.h"
#include "rewriters/callkit/CallOfPush.h"
#include "rewriters/callkit/ProviderAccess.h"
#include "rewriters/callkit/ReportResult.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <map>
#include <string>
#include <vector>

namespace ringfence {

/// Where one call of the helper goes and which exits it covers.
struct Point {
  enum class Kind {
    Within, ///< in front of statement Index of B, or at its end
    Else,   ///< an else for the branch B.steps()[Index], which has none
    /// Where the function that statement Index of B calls has reported nothing,
    /// which it is to say.
    Asked,
    /// Behind the loop B.steps()[Index], where no round of it has reported.
    Flagged,
  };
  Kind K = Kind::Within;
  Block B;
  unsigned Index = 0;
  std::optional<NamedCall> Cancelled;
  /// The call that is known already, because of which nothing is reported here.
  std::optional<NamedCall> Running;
  /// Exits in here come behind the call. Empty for Else.
  Range Covers;
  /// The exits of the verdict that it closes.
  std::vector<unsigned> Exits;
  /// Asked: the call, and the functions that it may mean.
  const Call *Question = nullptr;
  std::vector<FunctionRef> Asked;
};

/// Finds places for the calls that close a handler's unreported exits: as few
/// as possible, none of them on a way that reports already.
class Placement {
public:
  Placement(const ProposeInput &In, const JudgedHandler &H,
            const ProviderAccess &Access)
      : In(In), H(H), Access(Access), Reports(In, H.V),
        ForHandlers(onlyCalledByHandlers(H, In.Apis)), Results(In, H.V) {}

  /// Looks for a place for exit \p Exit of the verdict.
  void add(unsigned Exit);
  /// The places of all exits so far, without those that others cover.
  std::vector<Point> points() const;
  /// The exits that got none, and why.
  const std::map<unsigned, std::string> &refused() const { return Refused; }

private:
  /// Arms that inElseIf() is at work on.
  llvm::SmallPtrSet<const Arm *, 4> InChains;

  bool within(const Block &B, std::string &Why);
  bool isBesideLateReport(const UnreportedExit &E) const;
  bool canBeFlagged(const Step &S, FunctionRef F) const;
  bool behindLoop(const Block &B, std::string &Why);
  bool inElseIf(const Block &B, std::string &Why);
  bool missingElse(const Block &Parent, unsigned Index, std::string &Why);
  bool missesProvider(const Condition &C) const;
  std::optional<Point> asking(const Call &C, FunctionRef Caller,
                              std::string &Why);
  bool behindSharedCall(const UnreportedExit &E, std::string &Why);
  bool asksForRegion(const Condition &C) const;

  void nameRunningCall(Point &P) const;

  const ProposeInput &In;
  const JudgedHandler &H;
  const ProviderAccess &Access;
  Reporting Reports;
  const std::vector<const Function *> ForHandlers;
  std::vector<Point> Points;
  std::map<unsigned, std::string> Refused;
  ReportResult Results; ///< of functions that can say whether they reported
};

} // namespace ringfence

#endif
