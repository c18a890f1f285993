//===-- CancelPush.h - pushes that take a call back -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_CANCELPUSH_H
#define RINGFENCE_REWRITERS_CALLKIT_CANCELPUSH_H

#include "rewriters/callkit/Blocks.h"
#include <optional>
#include <string>

namespace ringfence {

/// The call that a push takes back, as the code for that push names it.
struct CancelledCall {
  std::string UUID;   ///< an expression of type UUID
  unsigned After = 0; ///< visible from this statement of the block on
};

/// The call that \p B, code for one kind of push, ends: the UUID that it hands
/// to CallKit as ended, or, where its condition speaks of a cancelled call, a
/// UUID read from the push. None if the block shows no such call.
std::optional<CancelledCall> cancelledCall(const Block &B);

} // namespace ringfence

#endif
