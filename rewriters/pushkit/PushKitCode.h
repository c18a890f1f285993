//===-- PushKitCode.h - all that ties an app to PushKit -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_PUSHKITCODE_H
#define RINGFENCE_REWRITERS_PUSHKIT_PUSHKITCODE_H

#include "rewriters/Propose.h"
#include <string>
#include <vector>

namespace ringfence {

/// The edits that take PushKit out of an app: the delegate methods of one
/// type, its conformance, the registry with its set-up, functions that did
/// nothing else and their calls, imports.
struct PushKitRemoval {
  FixSet Edits; ///< its edits and files only
  /// What is left over, for people to look at.
  std::vector<std::string> LeftToDo;
  /// Why it cannot go, as a clause; "" if it can.
  std::string Blocker;
};

/// Takes out what the app of \p J has of PushKit.
PushKitRemoval removePushKit(const ProposeInput &In, const JudgedHandler &J);

} // namespace ringfence

#endif
