//===-- Reread.h - reads what an edit changed, and no more -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_REREAD_H
#define RINGFENCE_TOOL_PIPELINE_REREAD_H

#include "matchers/model/File.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>
#include <optional>

namespace ringfence {

/// A reading that was made of an earlier one.
struct Rereading {
  std::shared_ptr<File> Reading; ///< null: the whole has to be read
  /// Index of the function whose text does not stand for itself at the moment
  /// (a bracket or a string is open), and which is therefore shown as it was
  /// when it did, moved to where it is now.
  std::optional<std::size_t> HeldBack;
};

/// The reading of \p New, made from \p Old, the reading of an earlier text of
/// the same file: where all that changed lies inside one function, that one
/// alone is read, in a text in which the others have no bodies, and the others
/// are taken over, moved to where they stand now. Leaves \p Old empty then.
/// Nothing is read where the function is held back. Null, and Old untouched,
/// where that would not do: the change touches declarations, or the text
/// without bodies shows other declarations, or other errors, than those of this
/// function. \p HeldBack is what it was of \p Old.
///
/// The result is what \p Read makes of the whole text unless bodies bear on
/// each other (a macro that one of them defines): whoever needs to be sure
/// reads the whole once there is time.
Rereading
reread(File &Old, std::optional<std::size_t> HeldBack,
       std::shared_ptr<const SourceFile> New,
       llvm::function_ref<File(std::shared_ptr<const SourceFile>)> Read);

} // namespace ringfence

#endif
