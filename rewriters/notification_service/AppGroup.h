//===-- AppGroup.h - where app and extension share files -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_APPGROUP_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_APPGROUP_H

#include "rewriters/Propose.h"

namespace ringfence {

/// \p In with an app group: the configured one, or one that the app of the
/// source \p Of has in its entitlements, which is as good.
ProposeInput withAppGroup(const ProposeInput &In, llvm::StringRef Of);

} // namespace ringfence

#endif
