//===-- ProgressBar.h - how far a long run has come -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_PROGRESSBAR_H
#define RINGFENCE_TOOL_OUTPUT_PROGRESSBAR_H

#include "tool/pipeline/Analysis.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>

namespace ringfence {

/// One line of a terminal that says what a run is at and is gone before
/// anything else is printed. Runs that are soon done never show it.
class ProgressBar {
public:
  using Clock = std::chrono::steady_clock;

  /// \p Delay: how long a run may take before the line appears.
  ProgressBar(llvm::raw_ostream &OS, Clock::duration Delay)
      : OS(OS), ShownFrom(Clock::now() + Delay) {}
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar &) = delete;

  void show(const Progress &P);
  /// Takes the line away, if it is there.
  void clear();

private:
  llvm::raw_ostream &OS;
  Clock::time_point ShownFrom;
  bool IsShown = false;
};

} // namespace ringfence

#endif
