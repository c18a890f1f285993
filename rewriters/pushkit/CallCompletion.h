//===-- CallCompletion.h - call the completion handler on every path -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_CALLCOMPLETION_H
#define RINGFENCE_REWRITERS_PUSHKIT_CALLCOMPLETION_H

#include "rewriters/Fix.h"

namespace ringfence {

/// The fix "call-completion" for `completion-not-called`: each way through the
/// handler that lacks it calls the completion handler, in the completion of its
/// report where it ends in one, else where it leaves.
std::optional<FixSet> callCompletion(const FixRequest &Request);

} // namespace ringfence

#endif
