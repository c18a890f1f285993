//===-- CallOrMessage.h - decrypted content tells them apart -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_CALLORMESSAGE_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_CALLORMESSAGE_H

#include "rewriters/capture/Needs.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>
#include <vector>

namespace ringfence {

/// A branch of the handler that reports a call one way and serves a message
/// another way, and asks what the push holds once it is decrypted: a server
/// that sees ciphertext cannot tell the two apart.
struct CallOrMessage {
  std::vector<Level> Around; ///< to the branch
  /// The arm that the message is in; null if it stands behind the branch.
  const Arm *MessageArm = nullptr;
  /// The arm that reports; null if the statements behind the branch do.
  const Arm *CallArm = nullptr;
  /// What runs for a call from here on to the end of the function, in order:
  /// the way to the report, and what stands behind the branch and around it.
  std::vector<llvm::ArrayRef<Step>> Runs;
  /// Whatever is no call is such a message, as far as the branch has a say.
  bool IsComplete = false;

  const Step &branch() const { return Around.back().step(); }
  /// Levels to the first statement of Runs.
  std::vector<Level> levels() const;
};

/// The outermost such branch of \p H on the way to a message, along
/// \p Levels; none if the push itself tells calls from messages, or if
/// something else decides.
std::optional<CallOrMessage> callOrMessage(const ProposeInput &In,
                                           const Host &H,
                                           const std::vector<Level> &Levels);

} // namespace ringfence

#endif
