//===-- Host.h - the function that work is taken from -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_HOST_H
#define RINGFENCE_REWRITERS_CAPTURE_HOST_H

#include "rewriters/capture/Needs.h"
#include <optional>

namespace ringfence {

/// The handler itself as a host.
Host hostOf(const JudgedHandler &H);

/// The function that does \p W: the handler, or a helper that the handler
/// calls directly, whose parameters are traced back to the payload and the
/// completion handler. None if the function cannot be found.
std::optional<Host> hostOf(const ProposeInput &In, const JudgedHandler &H,
                           const Work &W);

} // namespace ringfence

#endif
