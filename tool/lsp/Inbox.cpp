//===-- Inbox.cpp - messages from the editor, cancellations first -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Inbox.h"
#include "mlir/Tools/lsp-server-support/Logging.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/FormatVariadic.h"
#include <memory>
#include <thread>
#include <tuple>
#include <unistd.h>

using namespace ringfence::lsp;
using llvm::StringRef;

static std::string text(const llvm::json::Value &Id) {
  return llvm::formatv("{0}", Id);
}

std::shared_ptr<Inbox> Inbox::open(int In) {
  auto Result = std::make_shared<Inbox>();
  std::thread([Result, In] { Result->read(In); }).detach();
  return Result;
}

/// Takes the first message off \p Bytes, without its headers; none if it has
/// not come whole yet.
static std::optional<StringRef> takeMessage(StringRef &Bytes) {
  std::size_t Length = 0;
  for (StringRef Rest = Bytes; Rest.contains('\n');) {
    StringRef Header;
    std::tie(Header, Rest) = Rest.split('\n');
    Header = Header.rtrim('\r');
    if (Header.consume_front_insensitive("content-length:"))
      llvm::to_integer(Header.trim(), Length, 10);
    // Stray line ends may stand between messages.
    if (!Header.empty() || !Length)
      continue;
    if (Rest.size() < Length)
      return std::nullopt;
    Bytes = Rest.drop_front(Length);
    return Rest.take_front(Length);
  }
  return std::nullopt;
}

void Inbox::read(int In) {
  std::string Bytes;
  std::vector<char> Piece(1 << 16);
  for (;;) {
    ssize_t Size =
        llvm::sys::RetryAfterSignal(-1, ::read, In, Piece.data(), Piece.size());
    if (Size <= 0)
      break;
    Bytes.append(Piece.data(), static_cast<std::size_t>(Size));
    StringRef Left = Bytes;
    std::vector<llvm::json::Value> Messages;
    while (std::optional<StringRef> Body = takeMessage(Left)) {
      if (auto Message = llvm::json::parse(*Body))
        Messages.push_back(std::move(*Message));
      else
        mlir::lsp::Logger::error("a message is no JSON: {0}",
                                 llvm::toString(Message.takeError()));
    }
    Bytes.erase(0, Bytes.size() - Left.size());
    add(std::move(Messages));
  }
  std::lock_guard Lock(M);
  Closed = true;
  Arrived.notify_one();
}

void Inbox::add(std::vector<llvm::json::Value> Messages) {
  std::lock_guard Lock(M);
  for (llvm::json::Value &Message : Messages) {
    const llvm::json::Object *O = Message.getAsObject();
    if (!O || O->getString("method") != "$/cancelRequest") {
      Waiting.push_back(std::move(Message));
      continue;
    }
    if (const llvm::json::Object *Params = O->getObject("params"))
      if (const llvm::json::Value *Id = Params->get("id"))
        Cancelled.insert(text(*Id));
  }
  Arrived.notify_one();
}

std::optional<llvm::json::Value>
Inbox::next(std::optional<std::chrono::milliseconds> Patience) {
  std::unique_lock Lock(M);
  auto HasNews = [&] { return !Waiting.empty() || Closed; };
  if (Patience)
    Arrived.wait_for(Lock, *Patience, HasNews);
  else
    Arrived.wait(Lock, HasNews);
  if (Waiting.empty())
    return std::nullopt;
  llvm::json::Value Result = std::move(Waiting.front());
  Waiting.pop_front();
  return Result;
}

bool Inbox::empty() {
  std::lock_guard Lock(M);
  return Waiting.empty();
}

bool Inbox::isClosed() {
  std::lock_guard Lock(M);
  return Closed && Waiting.empty();
}

bool Inbox::isCancelled(const llvm::json::Value &Id) {
  std::lock_guard Lock(M);
  return Cancelled.count(text(Id));
}

void Inbox::forget(const llvm::json::Value &Id) {
  std::lock_guard Lock(M);
  Cancelled.erase(text(Id));
}
