//===-- ModernHandler.h - the delegate method with a completion handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_MODERNHANDLER_H
#define RINGFENCE_REWRITERS_PUSHKIT_MODERNHANDLER_H

#include "rewriters/Fix.h"

namespace ringfence {

/// The fix "modern-handler" for `legacy-handler`: the delegate method that iOS
/// 11 deprecated becomes the one with a completion handler, which is called
/// once on every way. Calls of the old method in the project are adapted.
std::optional<FixSet> modernHandler(const FixRequest &Request);

} // namespace ringfence

#endif
