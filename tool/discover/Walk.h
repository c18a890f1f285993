//===-- Walk.h - folders in, names of sources out -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_DISCOVER_WALK_H
#define RINGFENCE_TOOL_DISCOVER_WALK_H

#include "matchers/model/SourceFile.h"
#include "tool/discover/ReadFile.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace ringfence {

enum class FileKind {
  None,
  Source,
  InfoPlist,
  Entitlements,
  Manifest, ///< says what targets are made of; Swift ones are sources
  IgnoreRules,
  Link ///< a symbolic link to a source or a folder
};

/// What ringfence takes a file of this name for.
FileKind kindOf(llvm::StringRef Name);

/// One file that a walk came by.
struct WalkedFile {
  std::string Path; ///< relative to the root
  FileKind Kind = FileKind::None;
  bool Vendored = false;
};

/// Calls \p Found for every file of a kind other than None below folder
/// \p From ("" is the root itself), in no particular order. Links are found,
/// but not followed, and version control folders not entered. A folder that
/// cannot be read becomes a problem.
void walk(const Folder &Root, llvm::StringRef From,
          llvm::function_ref<void(WalkedFile &&)> Found,
          std::vector<Problem> &Problems);

} // namespace ringfence

#endif
