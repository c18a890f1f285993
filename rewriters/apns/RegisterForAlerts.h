//===-- RegisterForAlerts.h - the second push token -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_APNS_REGISTERFORALERTS_H
#define RINGFENCE_REWRITERS_APNS_REGISTERFORALERTS_H

#include "rewriters/Fix.h"

namespace ringfence {

/// Step tokens of the fixes that take message pushes away from PushKit: the
/// app asks for permission to show alerts, registers with APNs at launch and
/// receives the token that alert pushes go to. What the project does already
/// stays; a set is made of what is missing. Sending the token is left to the
/// team, as a placeholder that names the call which sends the VoIP token.
///
/// Sources: "Registering your app with APNs" and "Asking permission to use
/// notifications", Apple.
std::optional<FixSet> registerForAlerts(const FixRequest &R);

/// Whether the app of the handler at \p HandlerPath registers with APNs and
/// receives its token, as far as the sources tell.
bool receivesApnsToken(const ProposeInput &In, llvm::StringRef HandlerPath);

} // namespace ringfence

#endif
