//===-- CleanUpHandedOver.h - the handler decrypts no more -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_CLEANUPHANDEDOVER_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_CLEANUPHANDEDOVER_H

#include "rewriters/Fix.h"

namespace ringfence {

/// Step clean-up, where the extension hands calls over: the handler reports
/// these, and for every other push reports a call and ends it; what decrypts
/// and shows messages goes. Refused while systems before iOS 14.5 are served,
/// where nothing can be handed over, or no target compiles the extension.
std::optional<FixSet> cleanUpHandedOver(const FixRequest &R);

} // namespace ringfence

#endif
