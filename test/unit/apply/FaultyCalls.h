//===-- FaultyCalls.h - system calls that fail on demand -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_APPLY_FAULTYCALLS_H
#define RINGFENCE_TEST_UNIT_APPLY_FAULTYCALLS_H

namespace ringfence::test {

/// What happens to the calls that the program makes of those which CMakeLists
/// wraps, counted from 1 since the last setFaults().
struct Faults {
  enum class Kind {
    None,
    Kill,     ///< the process ends before call At; of a write, halfway through
    FailOnce, ///< call At fails
    FailOn,   ///< call At and all after it fail
  };
  Kind K = Kind::None;
  unsigned At = 0;
  int Errno = 0; ///< of FailOnce and FailOn
};

/// Exit status of a killed process.
constexpr int KilledStatus = 77;

void setFaults(const Faults &F);

/// Calls since the last setFaults().
unsigned callsMade();

} // namespace ringfence::test

#endif
