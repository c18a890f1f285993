//===-- FixSet.h - edits that belong together -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_FIXSET_H
#define RINGFENCE_REWRITERS_EDIT_FIXSET_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// The five steps of a migration that ship separately.
enum class MigrationStep { Report, Tokens, Extension, Move, CleanUp };
llvm::StringRef nameOf(MigrationStep S);
std::optional<MigrationStep> stepNamed(llvm::StringRef Name);

enum class Applicability { Safe, Review, Placeholders };
llvm::StringRef nameOf(Applicability A);

/// Replaces Length bytes at byte Offset of File (its path relative to the
/// root) by Text.
struct Edit {
  std::string File;
  std::uint32_t Offset = 0;
  std::uint32_t Length = 0;
  std::string Text;
  friend bool operator==(const Edit &, const Edit &) = default;
  friend auto operator<=>(const Edit &, const Edit &) = default;
};

struct NewFile {
  std::string Path;
  std::string Text;
  /// The text that an earlier step of the same run gives this file, if this
  /// one is meant to take its place: the skeleton of an extension, say, that a
  /// later step fills. Empty when it takes nothing's place.
  std::string InsteadOf = {};
  friend bool operator==(const NewFile &, const NewFile &) = default;
};

/// Edits in any number of files that are applied whole or not at all.
struct FixSet {
  std::string Id;  ///< stable: fix, step, handler symbol, content
  std::string Fix; ///< "report-and-end"
  MigrationStep Step = MigrationStep::Report;
  std::string Title;
  Applicability A = Applicability::Review;
  std::string Why;
  std::vector<std::string> LeftToDo;
  /// Content hash (contentHash) of every file the set was computed from.
  std::map<std::string, std::string> Files;
  std::vector<Edit> Edits;
  std::vector<NewFile> NewFiles;
  /// Indices into the run's findings that the set closes.
  std::vector<unsigned> Findings;
};

/// Hexadecimal SHA-256 of \p Bytes.
std::string contentHash(llvm::StringRef Bytes);

/// An id for \p S that survives edits elsewhere in its files: made of the fix,
/// the step, the handler's \p Symbol and the new text, not of offsets.
std::string stableId(const FixSet &S, llvm::StringRef Symbol);

} // namespace ringfence

#endif
