//===-- CleanUpMessages.h - the handler shows no messages any more -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_CLEANUPMESSAGES_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_CLEANUPMESSAGES_H

#include "rewriters/Fix.h"
#include <optional>

namespace ringfence {

/// move-to-notification-service in step CleanUp, once the server sends alert
/// pushes: the notifications that the extension fills by the same code go from
/// the handler, with what is dead then. Their arms keep their report. Refused
/// while no target of the project compiles the extension.
std::optional<FixSet> cleanUpMessages(const FixRequest &R);

} // namespace ringfence

#endif
