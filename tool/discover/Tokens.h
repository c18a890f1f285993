//===-- Tokens.h - the words that make a file worth reading -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_DISCOVER_TOKENS_H
#define RINGFENCE_TOOL_DISCOVER_TOKENS_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace ringfence {

/// What a source file may mention. A file without any of them is never parsed
/// for its own sake (only when a handler calls into it).
enum class Token : std::uint8_t {
  DidReceiveIncoming,  ///< "didReceiveIncoming": a PushKit delegate method
  PKPushRegistry,      ///< a registration
  ManagedPush,         ///< "managedPush": an SDK's hand-on of a PushKit push
  ReportNewIncoming,   ///< "reportNewIncoming": a report
  CXProvider,          ///< CallKit set-up
  NotificationService, ///< "UNNotificationServiceExtension"
  BGTaskScheduler,
};
constexpr unsigned NumTokens = 7;

/// A set of tokens, one bit each.
struct TokenSet {
  std::uint8_t Bits = 0;
  bool has(Token T) const { return Bits >> static_cast<unsigned>(T) & 1; }
  void add(Token T) {
    Bits = static_cast<std::uint8_t>(Bits | 1u << static_cast<unsigned>(T));
  }
  bool empty() const { return Bits == 0; }
};

llvm::StringRef spelling(Token T);
/// The token that is spelled \p Word exactly, if any.
std::optional<Token> tokenSpelled(llvm::StringRef Word);

/// The tokens that \p Bytes holds anywhere, comments and strings included. NUL
/// bytes are bytes like any other.
TokenSet scanTokens(llvm::StringRef Bytes);

} // namespace ringfence

#endif
