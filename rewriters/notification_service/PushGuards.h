//===-- PushGuards.h - what a push has to say for a notification -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_PUSHGUARDS_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_PUSHGUARDS_H

#include "rewriters/notification_service/Posted.h"

namespace ringfence {

/// Notes what the branches around \p Levels of \p H ask: of the push in
/// \p Guards, of anything else in \p N. What is asked of the values that
/// \p N's callbacks bring is a guard, too.
void askWays(const ProposeInput &In, const Host &H,
             const std::vector<Level> &Levels, PostedNotification &N,
             std::vector<PushGuard> &Guards);

/// As askWays, for the calls that lead to the function of \p N, into
/// N.CallGuards.
void askCallers(const ProposeInput &In, PostedNotification &N);

} // namespace ringfence

#endif
