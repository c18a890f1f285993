//===-- ScanQueue.cpp - files are scanned while the walk goes on -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/ScanQueue.h"
#include <algorithm>

using namespace ringfence;

// Small enough to share the work of a small tree, large enough that the lock
// is not felt.
static constexpr std::size_t ChunkSize = 24;

unsigned ringfence::threadCount(unsigned Asked) {
  if (Asked)
    return std::min(Asked, 256u);
  return std::clamp(std::thread::hardware_concurrency(), 1u, 16u);
}

ScanQueue::ScanQueue(const Folder &Root, unsigned Asked) : Root(Root) {
  for (unsigned I = 1, E = threadCount(Asked); I < E; ++I)
    Threads.emplace_back([this] { work(/*MayWait=*/true); });
}

ScanQueue::~ScanQueue() {
  if (!Threads.empty())
    finish();
}

void ScanQueue::push(WalkedFile &&F) {
  Filling.push_back(std::move(F));
  if (Filling.size() == ChunkSize)
    hand(std::exchange(Filling, {}));
}

void ScanQueue::hand(Chunk &&C) {
  {
    std::lock_guard Guard(Lock);
    Chunks.push_back(std::move(C));
  }
  Wake.notify_one();
}

std::vector<ScannedFile> ScanQueue::finish() {
  if (!Filling.empty())
    hand(std::exchange(Filling, {}));
  {
    std::lock_guard Guard(Lock);
    Closed = true;
  }
  Wake.notify_all();
  work(/*MayWait=*/false);
  for (std::thread &T : Threads)
    T.join();
  Threads.clear();
  return std::move(Done);
}

void ScanQueue::work(bool MayWait) {
  FileBuffer Buffer;
  std::vector<ScannedFile> Out;
  std::unique_lock Guard(Lock);
  for (;;) {
    if (MayWait)
      Wake.wait(Guard, [this] { return Closed || !Chunks.empty(); });
    if (Chunks.empty())
      break;
    Chunk C = std::move(Chunks.front());
    Chunks.pop_front();
    Guard.unlock();
    scan(C, Buffer, Out);
    Guard.lock();
  }
  std::move(Out.begin(), Out.end(), std::back_inserter(Done));
}

void ScanQueue::scan(Chunk &C, FileBuffer &Buffer,
                     std::vector<ScannedFile> &Out) const {
  for (WalkedFile &F : C) {
    ScannedFile S;
    S.Vendored = F.Vendored;
    if (std::error_code EC = Buffer.read(Root, F.Path.c_str())) {
      S.Error = "cannot read file: " + EC.message();
      S.ErrorIsFatal = true;
    } else {
      S.Tokens = scanTokens(Buffer.bytes());
      if (Buffer.truncated()) {
        S.Error = "larger than 16 MiB; not analysed";
        S.ErrorIsFatal = S.Tokens.has(Token::DidReceiveIncoming);
        S.Tokens = {};
      }
    }
    S.Path = std::move(F.Path);
    Out.push_back(std::move(S));
  }
}
