//===-- Verdict.h - what is known of a handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_VERDICT_H
#define RINGFENCE_MATCHERS_FLOW_VERDICT_H

#include "matchers/effects/Catalogue.h"
#include "matchers/model/FunctionSource.h"
#include "llvm/ADT/DenseSet.h"
#include <string>
#include <vector>

namespace ringfence {

/// A range of one file.
struct Place {
  const File *In = nullptr;
  Range Where;
  explicit operator bool() const { return In != nullptr; }
  unsigned line() const { return In->Source->line(Where.Begin); }
  unsigned endLine() const {
    return In->Source->line(Where.empty() ? Where.End : Where.End - 1);
  }
};

/// One turn of a path: "takes the else branch", "returns here".
struct PathNote {
  Place At;
  std::string Message;
  bool IsCall = false; ///< the path goes into what is called here
};

/// A way out of the delegate method on which no report was called.
struct UnreportedExit {
  enum class Kind { Return, End, Throw };
  Kind K = Kind::End;
  /// The return, or the last line of the arm's last statement. A missing else
  /// has no statement: the path goes on and is named where it leaves, at the
  /// end of what stands behind the branch or at the method's closing brace.
  /// Where the way in is to be mended, Branch and ArmIndex say.
  Place At;
  /// A report comes on this way, but only after the method has returned.
  bool Late = false;
  /// Where that late report stands.
  Place LateReport;
  std::vector<PathNote> Path;
  /// Where the exit lies in a helper: the statement of the handler that leads
  /// there. Else empty.
  Place HandlerAt;
  /// The step whose arm leaves unreported and the arm's index in it; null and
  /// -1 for the handler's own end or a missing else (then Branch is set).
  const Step *Branch = nullptr;
  int ArmIndex = -1;
  /// The exit's guard looks at the app's state or an active call only.
  bool ByStateGuard = false;
  /// The exit is there because CallKit is off in some regions.
  bool ByRegionGate = false;
};

/// A piece of what the handler does on a VoIP push.
struct Work {
  Place At;
  Place HandlerAt; ///< as in UnreportedExit
  Effect E = Effect::Unknown;
  Destination D = Destination::Unknown;
  std::string Api; ///< the catalogue's spelling, or the call as written
  std::string Reason;
  bool BeforeReport = false; ///< runs before the report on some path
  bool Blocks = false;
  /// The call, and the step that makes it. The step lives in the function at
  /// At; Arm is the innermost branch arm of the handler that leads to it.
  const Call *C = nullptr;
  const Step *S = nullptr;
  const Arm *InArm = nullptr;
};

enum class Reports { Always, SomePaths, Late, Never, Unknown };
/// What the handler, and what it calls, does with the completion handler. One
/// that is kept for later is not called here.
enum class CompletionUse { Always, SomePaths, Never, None };
llvm::StringRef nameOf(Reports R);
llvm::StringRef nameOf(CompletionUse C);
llvm::StringRef nameOf(UnreportedExit::Kind K);

/// The judgement of one handler.
struct Verdict {
  Reports R = Reports::Unknown;
  std::vector<std::string> ReportedBy; ///< as JSON prints them, sorted
  std::vector<Place> ReportSites;      ///< calls that report, in time or late
  std::vector<UnreportedExit> Exits;   ///< in source order
  CompletionUse Completion = CompletionUse::None;
  std::vector<Place> CompletionMissing; ///< exits that lack the call, and do
                                        ///< not keep the handler for one
  std::vector<Work> Steps;
  /// The calls whose code in the project was looked for, and followed where
  /// there is some. What other calls lead to has no part in the verdict.
  llvm::DenseSet<const Call *> Followed;
  /// What the analysis could not follow, and bounds that were hit.
  std::vector<Problem> NotFollowed;
  /// beginBackgroundTask is called on the way to a late report.
  bool UsesBackgroundTime = false;
};

} // namespace ringfence

#endif
