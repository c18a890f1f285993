//===-- Files.h - system calls of a safe write -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_APPLY_FILES_H
#define RINGFENCE_TOOL_APPLY_FILES_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// Whether \p Path below \p Root may be written: relative, without "..", no
/// symbolic link on the way or at its end.
llvm::Error checkInside(llvm::StringRef Root, llvm::StringRef Path);

/// All bytes of a regular file; none if there is no file of that name.
llvm::Expected<std::optional<std::string>> readAll(const std::string &Path);

/// A file that stands ready beside its target and takes the target's place at
/// commit(); removed if that never comes.
class Replacement {
public:
  Replacement(Replacement &&O) noexcept;
  ~Replacement();

  /// Writes \p Bytes beside \p Target and to the disk, with the permissions
  /// (and as far as allowed the owner) of the file that is there now.
  static llvm::Expected<Replacement> prepare(std::string Target,
                                             llvm::StringRef Bytes);
  llvm::Error commit();

private:
  Replacement(std::string Target, std::string Temporary)
      : Target(std::move(Target)), Temporary(std::move(Temporary)) {}
  std::string Target, Temporary;
};

/// Removes from \p Folder what a Replacement left there whose process was
/// killed: files named ".ringfence-" and six letters or digits.
void removeTemporaries(llvm::StringRef Folder);

/// Makes the folders that hold \p Path; those that were missing, outermost
/// first.
llvm::Expected<std::vector<std::string>> makeParents(const std::string &Path);

/// Writes the folder's entries to the disk.
void syncFolder(llvm::StringRef Folder);

} // namespace ringfence

#endif
