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
#include "llvm/Support/FormatVariadic.h"
#include <memory>
#include <thread>

using namespace ringfence::lsp;
using llvm::StringRef;

static std::string text(const llvm::json::Value &Id) {
  return llvm::formatv("{0}", Id);
}

std::shared_ptr<Inbox> Inbox::open(std::FILE *In) {
  auto Result = std::make_shared<Inbox>();
  std::thread([Result, In] { Result->read(In); }).detach();
  return Result;
}

/// One header line without its end; false at the end of the stream.
static bool readLine(std::FILE *In, std::string &Line) {
  Line.clear();
  for (int C; (C = std::fgetc(In)) != EOF;) {
    if (C == '\n') {
      if (!Line.empty() && Line.back() == '\r')
        Line.pop_back();
      return true;
    }
    Line.push_back(static_cast<char>(C));
  }
  return false;
}

/// The length that a message's headers state; none at the end of the stream.
static std::optional<std::size_t> readHeaders(std::FILE *In) {
  std::size_t Length = 0;
  std::string Line;
  while (readLine(In, Line)) {
    if (Line.empty()) {
      if (Length)
        return Length;
      continue; // stray line ends between messages
    }
    StringRef Header = Line;
    if (Header.consume_front_insensitive("content-length:"))
      llvm::to_integer(Header.trim(), Length, 10);
  }
  return std::nullopt;
}

void Inbox::read(std::FILE *In) {
  while (std::optional<std::size_t> Length = readHeaders(In)) {
    std::string Body(*Length, '\0');
    if (std::fread(Body.data(), 1, Body.size(), In) != Body.size())
      break;
    auto Message = llvm::json::parse(Body);
    if (!Message) {
      mlir::lsp::Logger::error("a message is no JSON: {0}",
                               llvm::toString(Message.takeError()));
      continue;
    }
    add(std::move(*Message));
  }
  std::lock_guard Lock(M);
  Closed = true;
  Arrived.notify_one();
}

void Inbox::add(llvm::json::Value Message) {
  std::lock_guard Lock(M);
  const llvm::json::Object *O = Message.getAsObject();
  if (O && O->getString("method") == "$/cancelRequest") {
    if (const llvm::json::Object *Params = O->getObject("params"))
      if (const llvm::json::Value *Id = Params->get("id"))
        Cancelled.insert(text(*Id));
    return;
  }
  Waiting.push_back(std::move(Message));
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
