//===-- Apply.h - writes all or nothing, and takes it back -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_APPLY_APPLY_H
#define RINGFENCE_TOOL_APPLY_APPLY_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// What one file becomes when changes are written. No bytes before: the file
/// is made, with its folders.
struct FileWrite {
  std::optional<std::string> Before;
  std::string After;
};

struct ApplyOptions {
  /// What the list of runs calls this one.
  std::string Title;
  /// Asked when all is written: an error takes the run back and is returned.
  /// A process that dies meanwhile leaves an interrupted run.
  std::function<llvm::Error()> Verify;
};

/// Writes \p Changes (paths relative to \p Root) as one transaction: a journal
/// in ROOT/.ringfence first, then a temporary file beside each target, then one
/// rename each. Permissions are kept. Refuses, with nothing written, if a file
/// does not hold the bytes it is said to hold, is or lies behind a symbolic
/// link, or a new one exists; or if an earlier run was interrupted. Rolls back
/// what it wrote if the system fails it midway.
///
/// A process that is killed at any moment leaves each file wholly old or wholly
/// new, and a run that undoRun() takes back. The last 20 runs are kept.
llvm::Error applyChanges(llvm::StringRef Root,
                         const std::map<std::string, FileWrite> &Changes,
                         const ApplyOptions &Options = {});

/// A run that can be taken back.
struct AppliedRun {
  unsigned Number = 0; ///< 1-based; grows from run to run
  std::string Time;    ///< when it began: "2026-11-24T13:00:00Z"
  std::string Title;
  bool Complete = false;          ///< false: it was interrupted
  std::vector<std::string> Paths; ///< relative to the root, sorted
};

/// The runs below \p Root that can be taken back, the newest first.
llvm::Expected<std::vector<AppliedRun>> appliedRuns(llvm::StringRef Root);

/// Takes run \p Number below \p Root back (the newest if none is named), byte
/// for byte, and removes the files and folders it made; also one that was
/// interrupted. Refuses, with nothing written, if a file was changed since, by
/// whomever: a later run is named. Returns the run.
llvm::Expected<AppliedRun>
undoRun(llvm::StringRef Root, std::optional<unsigned> Number = std::nullopt);

/// The nearest folder in \p Folder or above it that has a journal.
std::optional<std::string> findJournal(llvm::StringRef Folder);

/// Paths below \p Root that git knows and that differ from its last commit,
/// sorted; empty where the root is no work tree.
llvm::Expected<std::vector<std::string>> uncommittedFiles(llvm::StringRef Root);

} // namespace ringfence

#endif
