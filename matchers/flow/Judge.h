//===-- Judge.h - judges one handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_JUDGE_H
#define RINGFENCE_MATCHERS_FLOW_JUDGE_H

#include "matchers/flow/Verdict.h"

namespace ringfence {

/// What the analysis may know beside the code.
struct JudgeOptions {
  /// The registry's queue is main (nil, .main): run-on-main helpers run now.
  bool QueueIsMain = true;
  /// How many calls deep helpers are followed; hitting it is said.
  unsigned MaxDepth = 8;
  /// How many functions one handler may pull in.
  unsigned MaxFunctions = 400;
  /// Names from the configuration's `reporters`: functions that report.
  std::vector<std::string> Reporters;
  /// Something in the project calls a report. Where nothing does, a push that
  /// goes out of sight is not taken for reported.
  bool ProjectReports = true;
  /// Nothing in the project reports, but it handles calls of CallKit: an SDK
  /// that takes the push may report it.
  bool SDKReports = false;
};

/// Judges handler \p H of \p In: on every path that a .voIP push can take, is
/// a report called before the delegate method returns?
Verdict judge(const File &In, const Handler &H, FunctionSource &Functions,
              const Catalogue &Apis, const JudgeOptions &Options = {});

} // namespace ringfence

#endif
