//===-- MoveToNotificationService.h - message work moves -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_MOVETONOTIFICATIONSERVICE_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_MOVETONOTIFICATIONSERVICE_H

#include "rewriters/Fix.h"
#include <optional>

namespace ringfence {

/// The fix of ringfence-message-work. Step Extension: a notification service
/// that passes everything on. Step Move: what fills the content of a local
/// notification becomes a type that the handler and the service call. Where a
/// move is blocked the findings' Advice says by what.
std::optional<FixSet> moveToNotificationService(const FixRequest &R);

/// A notification of \p R's handler is filled by code that its notification
/// service calls: it has moved.
bool isFilledByService(const FixRequest &R);

} // namespace ringfence

#endif
