//===-- IgnoreRules.h - .gitignore and exclude rules -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_DISCOVER_IGNORERULES_H
#define RINGFENCE_TOOL_DISCOVER_IGNORERULES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>
#include <vector>

namespace ringfence {

/// Decides as git does which paths are ignored: nested .gitignore files,
/// .git/info/exclude and the user's global file where the tree is a work tree,
/// and patterns of ringfence's own configuration. libgit2 is started by the
/// first question (that costs as much as scanning a middling tree). One thread
/// at a time.
class IgnoreRules {
public:
  /// \p Root is the folder that paths are relative to; \p Exclude are further
  /// patterns in .gitignore's syntax, relative to it. \p Files are the
  /// .gitignore files below it that are known.
  IgnoreRules(llvm::StringRef Root, llvm::ArrayRef<std::string> Exclude,
              llvm::ArrayRef<std::string> Files = {});
  ~IgnoreRules();

  /// \p Path is relative to Root; a folder ends in a slash.
  bool ignores(llvm::StringRef Path);

private:
  void start();
  std::string negatingRules() const;

  std::string Root;
  std::vector<std::string> Exclude;
  std::vector<std::string> Files;
  struct State;
  std::unique_ptr<State> S;
};

/// Whether a folder of this name holds other people's code: Pods, Carthage,
/// node_modules and their like.
bool isVendoredFolder(llvm::StringRef Name);
/// Whether \p Path runs through such a folder.
bool isVendored(llvm::StringRef Path);

} // namespace ringfence

#endif
