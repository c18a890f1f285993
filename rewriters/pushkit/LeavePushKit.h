//===-- LeavePushKit.h - an app without calls leaves PushKit -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_LEAVEPUSHKIT_H
#define RINGFENCE_REWRITERS_PUSHKIT_LEAVEPUSHKIT_H

#include "rewriters/Fix.h"
#include <optional>

namespace ringfence {

/// The fix of ringfence-push-without-calls in the steps Extension, Move and
/// CleanUp. What the handler shows goes to a notification service; a handler
/// from which nothing can go there becomes a method that silent pushes call
/// too. In the end PushKit goes, once nothing is left for it to do.
std::optional<FixSet> leavePushKit(const FixRequest &R);

/// All that the handler does is shared with silent pushes, or can be: parts of
/// it are not to be moved one by one.
bool leavesAsAWhole(const FixRequest &R);

} // namespace ringfence

#endif
