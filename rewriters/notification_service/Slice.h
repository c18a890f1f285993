//===-- Slice.h - the statements that fill a content -*- C++ -*------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SLICE_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_SLICE_H

#include "rewriters/notification_service/Posted.h"

namespace ringfence {

/// Whether \p S posts a notification, or makes the request for it.
bool posts(const Step &S, const File &F);

/// What \p S sets the app's badge to; null if it does not.
const Value *badgeIn(const Step &S);

/// Chooses the statements of \p N that move, and finds out what they need, or
/// what blocks them. Where the content is made, posted and asked about is known
/// in \p N.
void chooseStatements(const ProposeInput &In, PostedNotification &N);

/// As chooseStatements, for content that is filled further in, in callbacks
/// too, on the way to N.PostLevels. The handler stays as it is.
void chooseDeeperStatements(const ProposeInput &In, PostedNotification &N);

/// The callbacks of \p H on the way along \p Levels that are not known to run
/// before the call which takes them returns. Adds to \p Blockers what cannot
/// be waited for.
std::vector<Callback> callbacksOn(const ProposeInput &In, const Host &H,
                                  const std::vector<Level> &Levels,
                                  std::vector<std::string> &Blockers);

} // namespace ringfence

#endif
