//===-- RunningCall.h - the running call of another object -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_RUNNINGCALL_H
#define RINGFENCE_REWRITERS_CALLKIT_RUNNINGCALL_H

#include "rewriters/callkit/CallOfPush.h"

namespace ringfence {

/// The running call because of which \p B reports none, where an object of the
/// project keeps it: what the arm of \p B asks is a property of that object
/// ("manager.currentCall", "CallManager.shared.hasActiveCall"), whose type has
/// one for the call or its UUID. A property of \p H's own type counts too.
std::optional<NamedCall> runningCallElsewhere(const Block &B,
                                              const JudgedHandler &H,
                                              FunctionSource &Project);

} // namespace ringfence

#endif
