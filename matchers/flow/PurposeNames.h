//===-- PurposeNames.h - what names and questions say work is for -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_PURPOSENAMES_H
#define RINGFENCE_MATCHERS_FLOW_PURPOSENAMES_H

#include "matchers/flow/Purpose.h"
#include "matchers/model/Condition.h"

namespace ringfence::flow {

/// What the words of \p Text, a name or a phrase, speak of: that of
/// "launchBackgroundSync" is upkeep. None if they say nothing.
Purpose purposeOfWords(llvm::StringRef Text);

/// \p Name, a function's, speaks of a call among other things.
bool saysCall(llvm::StringRef Name);

/// \p Name, a function's, speaks of an incoming call: "reportIncomingCall".
bool saysIncomingCall(llvm::StringRef Name);

/// What a way is for that is taken if \p C holds, as far as \p C compares with
/// a literal or an enumerator. Names of variables and keys say nothing.
Purpose purposeOfCondition(const Condition &C);

} // namespace ringfence::flow

#endif
