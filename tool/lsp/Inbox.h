//===-- Inbox.h - messages from the editor, cancellations first -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_LSP_INBOX_H
#define RINGFENCE_TOOL_LSP_INBOX_H

#include "llvm/Support/JSON.h"
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ringfence::lsp {

/// Messages in the order in which they came, read on a thread of their own, so
/// that a cancellation is known while an earlier request is still worked on.
class Inbox {
public:
  /// Reads the descriptor \p In, in the protocol's framing, until it ends. What
  /// comes in one piece is there at once: a cancellation with the request that
  /// it takes back, edits with those that follow. The reading thread is never
  /// joined: it may be waiting for the editor when the program ends.
  static std::shared_ptr<Inbox> open(int In);

  /// The next message, which leaves the inbox. None if none comes in time or
  /// none will come any more; see isClosed().
  std::optional<llvm::json::Value>
  next(std::optional<std::chrono::milliseconds> Patience);
  bool empty();
  bool isClosed();

  /// Whether the editor took back its request \p Id.
  bool isCancelled(const llvm::json::Value &Id);
  /// Request \p Id was answered.
  void forget(const llvm::json::Value &Id);

private:
  void read(int In);
  void add(std::vector<llvm::json::Value> Messages);

  std::mutex M;
  std::condition_variable Arrived;
  std::deque<llvm::json::Value> Waiting;
  std::set<std::string> Cancelled; ///< ids, as JSON
  bool Closed = false;
};

} // namespace ringfence::lsp

#endif
