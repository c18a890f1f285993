//===-- ScanQueue.h - files are scanned while the walk goes on -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_DISCOVER_SCANQUEUE_H
#define RINGFENCE_TOOL_DISCOVER_SCANQUEUE_H

#include "tool/discover/Tokens.h"
#include "tool/discover/Walk.h"
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace ringfence {

struct ScannedFile {
  std::string Path;
  TokenSet Tokens;
  bool Vendored = false;
  std::string Error; ///< why the file was not (wholly) read, "" if it was
  /// The file may have held a handler.
  bool ErrorIsFatal = false;
};

/// Takes files in chunks and has threads scan them; the thread that pushes
/// joins in at the end.
class ScanQueue {
public:
  /// \p Threads as in DiscoverOptions. \p Root must outlive the queue.
  ScanQueue(const Folder &Root, unsigned Threads);
  ~ScanQueue();
  ScanQueue(const ScanQueue &) = delete;

  void push(WalkedFile &&F);
  /// Waits for all files. In no particular order.
  std::vector<ScannedFile> finish();

private:
  using Chunk = std::vector<WalkedFile>;
  void work(bool MayWait);
  void scan(Chunk &C, FileBuffer &Buffer, std::vector<ScannedFile> &Out) const;
  void hand(Chunk &&C);

  const Folder &Root;
  Chunk Filling;
  std::mutex Lock; ///< guards what follows
  std::condition_variable Wake;
  std::deque<Chunk> Chunks;
  std::vector<ScannedFile> Done;
  bool Closed = false;
  std::vector<std::thread> Threads;
};

/// \p Asked threads, or as many as the machine has cores if it is 0.
unsigned threadCount(unsigned Asked);

} // namespace ringfence

#endif
