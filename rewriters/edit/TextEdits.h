//===-- TextEdits.h - applies edits to bytes -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_TEXTEDITS_H
#define RINGFENCE_REWRITERS_EDIT_TEXTEDITS_H

#include "rewriters/edit/FixSet.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ringfence {

/// True if \p A and \p B may not both be applied: they touch a common byte of
/// one file, or one inserts strictly inside what the other replaces. Identical
/// edits do not conflict, nor do insertions at one place (they keep their
/// order) or an insertion at either end of a replaced range.
bool conflict(const Edit &A, const Edit &B);

/// \p Edits by file and offset, identical ones once, insertions in front of a
/// replacement at the same place and otherwise in the given order. Fails,
/// naming both edits, where two of them conflict.
llvm::Expected<std::vector<Edit>> sortedEdits(std::vector<Edit> Edits);

/// \p Bytes of the file \p Path after the edits of it among \p Edits; those of
/// other files are passed over. Fails where two edits conflict or one reaches
/// behind the end.
llvm::Expected<std::string> applyEdits(llvm::StringRef Path,
                                       llvm::StringRef Bytes,
                                       llvm::ArrayRef<Edit> Edits);

/// "App/Push.swift:120+8" for messages: the file, the byte offset and the
/// number of bytes replaced.
std::string describe(const Edit &E);

} // namespace ringfence

#endif
