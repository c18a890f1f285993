//===-- Handlers.h - PushKit's delegate methods in a Swift file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_HANDLERS_H
#define RINGFENCE_MATCHERS_SWIFT_HANDLERS_H

#include "matchers/model/File.h"
#include "matchers/swift/Syntax.h"
#include <optional>

namespace ringfence::swift {

/// The part that \p Fn plays as a PushKit delegate method, by the labels of
/// every SDK since iOS 8; nothing for any other function.
std::optional<Handler> asHandler(const Function &Fn);

/// Finds the handlers of one tree among \p F's functions, those that are
/// already known left out.
void findHandlers(Node Root, File &F);

/// Finds where PKPushRegistry objects are made and told what to deliver.
/// File::Functions must be complete.
void findRegistrations(Node Root, File &F);

} // namespace ringfence::swift

#endif
