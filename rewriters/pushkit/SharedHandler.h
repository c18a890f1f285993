//===-- SharedHandler.h - silent pushes do what VoIP pushes did -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_SHAREDHANDLER_H
#define RINGFENCE_REWRITERS_PUSHKIT_SHAREDHANDLER_H

#include "rewriters/Fix.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// What the handler does becomes the method receivePush of its type, which the
/// handler calls, and the app delegate for silent pushes. None, with advice
/// where there is a reason, if the handler does nothing or asks PushKit for
/// more than the payload.
std::optional<FixSet> shareHandler(const FixRequest &R);

/// As shareHandler, in an app that does report calls: for a handler that
/// reports none and does nothing that serves one, whose messages no extension
/// could show. None for any other.
std::optional<FixSet> shareMessages(const FixRequest &R);

/// What of \p J's handler an earlier step has given another place.
struct HandlerRest {
  bool CallsShared = false; ///< it calls receivePush
  bool AsksForTask = false; ///< it asks for a background task
  /// Statements that do more than that, logging and reading, in order. What
  /// runs below iOS 13 alone does not count.
  std::vector<const Step *> Works;
};
HandlerRest restOf(const ProposeInput &In, const JudgedHandler &J);

/// The base name or selector piece of the shared method.
inline constexpr llvm::StringRef SharedMethod = "receivePush";

} // namespace ringfence

#endif
