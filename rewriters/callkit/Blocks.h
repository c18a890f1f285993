//===-- Blocks.h - lists of statements and who reports in them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_BLOCKS_H
#define RINGFENCE_REWRITERS_CALLKIT_BLOCKS_H

#include "rewriters/Propose.h"
#include "rewriters/capture/Scope.h"
#include <map>
#include <optional>

namespace ringfence {

/// A list of statements: the body of a function or of an arm.
struct Block {
  const File *In = nullptr;
  const Function *Fn = nullptr;
  const Step *Of = nullptr; ///< whose arm it is; null for the function's body
  const Arm *A = nullptr;
  /// Up to the statement Of; empty for the function's own body.
  std::vector<Level> Around;

  const std::vector<Step> &steps() const { return A ? A->Steps : Fn->Steps; }
  Range where() const { return A ? A->Where : Fn->Body; }
  bool inLoop() const;
  bool inClosure() const;
};

/// The function of \p In whose body holds \p R, or null.
const Function *functionAround(const File &In, Range R);

/// Whether running \p Steps always ends by leaving the function.
bool leaves(const std::vector<Step> &Steps);

/// Whether statements may report a call, in time or late, directly or through
/// what they call: an SDK that calls the app back before it returns, and where
/// the verdict had to leave it open, any code that is given the push and cannot
/// be seen.
class Reporting {
public:
  Reporting(const ProposeInput &In, const Verdict &V) : In(In), V(V) {}

  bool mayReport(const Step &S, FunctionRef Caller);
  /// Every arm of \p S that may report leaves; what stands behind \p S is
  /// reached without a report only.
  bool reportingArmsLeave(const Step &S, FunctionRef Caller);

private:
  bool handsOver(const Call &C, FunctionRef Caller);
  bool mayReport(FunctionRef F, unsigned Depth);
  bool mayReport(const Step &S, FunctionRef Caller, unsigned Depth);

  const ProposeInput &In;
  const Verdict &V;
  std::map<const Function *, bool> Known;
};

/// Whether some branch of \p S asks for the push's type, the system's version
/// or whether a report is due: its arms may be exempt. What closures ask is
/// their own matter.
bool asksForExemption(const Step &S);

/// What \p C, if it holds, says of whether CallKit may be used at all:
/// "CallKitManager.isSupported", "canUseCallKit"; none if it does not ask. What
/// the user or the team has switched off is another matter.
std::optional<bool> saysCallKitIsThere(const Condition &C);

/// Functions of \p H's type that nothing but its file's handlers call, as far
/// as that file shows: directly, or through a library that is given the push
/// and calls back before it returns.
std::vector<const Function *> onlyCalledByHandlers(const JudgedHandler &H,
                                                   const Catalogue &Apis);

} // namespace ringfence

#endif
