//===-- SharedHandler.h - silent pushes do what VoIP pushes did -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_SHAREDHANDLER_H
#define RINGFENCE_REWRITERS_PUSHKIT_SHAREDHANDLER_H

#include "rewriters/Fix.h"
#include <optional>

namespace ringfence {

/// What the handler does becomes the method receivePush of its type, which the
/// handler calls, and the app delegate for silent pushes. None, with advice
/// where there is a reason, if the handler does nothing or asks PushKit for
/// more than the payload.
std::optional<FixSet> shareHandler(const FixRequest &R);

/// The handler calls receivePush, and does nothing else than logging.
bool isHandlerShared(const ProposeInput &In, const JudgedHandler &J);

} // namespace ringfence

#endif
