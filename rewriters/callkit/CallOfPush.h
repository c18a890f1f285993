//===-- CallOfPush.h - the call that a push is about -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_CALLOFPUSH_H
#define RINGFENCE_REWRITERS_CALLKIT_CALLOFPUSH_H

#include "rewriters/callkit/Blocks.h"
#include <optional>
#include <string>

namespace ringfence {

/// The call that a push is about, as the code for that push names it.
struct NamedCall {
  std::string UUID;   ///< an expression of type UUID
  unsigned After = 0; ///< visible from this statement of the block on
};

/// The call that \p B, code for one kind of push, ends: the UUID that it, or a
/// function of the project that it calls, hands to CallKit as ended, or, where
/// its condition speaks of a cancelled call, a UUID read from the push. None
/// if the block shows no such call.
std::optional<NamedCall> cancelledCall(const Block &B, FunctionSource &Project);

/// The running call because of which \p B, a member of \p Owner, reports none:
/// the UUID that it hands to CallKit, one that its condition unwraps or that
/// was made before, or the type's property for the current call. None if
/// nothing names it.
std::optional<NamedCall>
runningCall(const Block &B, llvm::ArrayRef<FunctionSource::TypeRef> Owner);

/// The push's own call, where \p B is run because of what the app knows of it
/// already: a UUID that the condition of the arm hands to something
/// ("calls[id] != nil"), a local or what is reported as a new call elsewhere.
std::optional<NamedCall> knownCall(const Block &B);

} // namespace ringfence

#endif
