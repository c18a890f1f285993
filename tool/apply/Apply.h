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

/// Writes \p Changes (paths relative to \p Root) as one transaction: a journal
/// in ROOT/.ringfence first, then a temporary file beside each target, then one
/// rename each. Permissions are kept. Refuses, with nothing written, if a file
/// does not hold the bytes it is said to hold, is or lies behind a symbolic
/// link, or a new one exists; or if an earlier run was interrupted. Rolls back
/// what it wrote if the system fails it midway.
llvm::Error applyChanges(llvm::StringRef Root,
                         const std::map<std::string, FileWrite> &Changes);

/// Takes the last applied run below \p Root back, byte for byte, and removes
/// the files and folders it made; also one that was interrupted. Refuses, with
/// nothing written, if a file was changed since. Returns the paths restored.
llvm::Expected<std::vector<std::string>> undoLastRun(llvm::StringRef Root);

/// The nearest folder in \p Folder or above it that has a journal.
std::optional<std::string> findJournal(llvm::StringRef Folder);

/// Paths below \p Root that git knows and that differ from its last commit,
/// sorted; empty where the root is no work tree.
llvm::Expected<std::vector<std::string>> uncommittedFiles(llvm::StringRef Root);

} // namespace ringfence

#endif
