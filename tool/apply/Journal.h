//===-- Journal.h - what a run changed -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_APPLY_JOURNAL_H
#define RINGFENCE_TOOL_APPLY_JOURNAL_H

#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// One file of a run.
struct JournalEntry {
  std::string Path;       ///< relative to the root
  bool IsNew = false;     ///< the run made it
  std::string BeforeHash; ///< "" if it is new
  std::string AfterHash;
};

/// One run: everything that is needed to take it back.
struct JournalRun {
  unsigned Number = 0;
  std::string Time;  ///< when it began, in UTC: "2026-11-24T13:00:00Z"
  std::string Title; ///< what the list of runs calls it
  /// False until all files are in place: an interrupted run is taken back.
  bool Complete = false;
  std::vector<JournalEntry> Entries;
  std::vector<std::string>
      MadeFolders; ///< relative to the root, outermost first
};

/// The folder ROOT/.ringfence, which ignores itself in git.
class Journal {
public:
  explicit Journal(std::string Root);
  ~Journal();
  Journal(const Journal &) = delete;

  /// Makes the folder and locks it; fails if another process holds the lock.
  llvm::Error open();
  /// All runs, the newest first. Folders of runs that changed nothing, because
  /// they were interrupted before that, are removed.
  llvm::Expected<std::vector<JournalRun>> runs();
  /// A number for the next run.
  llvm::Expected<unsigned> nextNumber();
  /// Keeps the bytes of entry \p Index of run \p Number.
  llvm::Error keep(unsigned Number, std::size_t Index, llvm::StringRef Bytes);
  llvm::Expected<std::string> kept(unsigned Number, std::size_t Index);
  /// Writes the run's description, in one rename.
  llvm::Error write(const JournalRun &Run);
  void remove(unsigned Number);

private:
  std::string folderOf(unsigned Number) const;
  std::string Root, Folder;
  int Lock = -1;
};

} // namespace ringfence

#endif
