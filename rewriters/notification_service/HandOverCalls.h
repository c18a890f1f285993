//===-- HandOverCalls.h - the extension tells calls from messages -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDOVERCALLS_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_HANDOVERCALLS_H

#include "rewriters/Fix.h"

namespace ringfence {

/// Whether the handler of \p R tells calls from messages by what it decrypts.
/// A server that sees ciphertext cannot send calls as VoIP pushes and messages
/// as alerts then: it sends alerts, and the extension hands calls over.
bool tellsByContent(const FixRequest &R);

/// Step extension: an extension that may have nothing shown. Step move: it
/// decrypts, completes messages, and hands calls over to the app by
/// CXProvider.reportNewIncomingVoIPPushPayload, with everything that the
/// handler's report needs; the handler reports those first, without
/// decrypting, and treats other pushes as before.
std::optional<FixSet> handOverCalls(const FixRequest &R);

} // namespace ringfence

#endif
