//===-- Discover.h - the files of a run -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_DISCOVER_DISCOVER_H
#define RINGFENCE_TOOL_DISCOVER_DISCOVER_H

#include "matchers/model/SourceFile.h"
#include "tool/discover/Tokens.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace ringfence {

/// One source file of the tree.
struct SourceEntry {
  std::string Path; ///< relative to the root, forward slashes
  TokenSet Tokens;
  /// Under the paths that were asked for, and neither vendored nor ignored:
  /// may get findings. The others are there for looking helpers up.
  bool InScope = false;
};

struct DiscoverOptions {
  std::string Root = ".";
  /// Files or folders, relative to Root or absolute below it.
  std::vector<std::string> Paths;
  std::vector<std::string> Exclude; ///< gitignore patterns
  unsigned Threads = 0;             ///< 0: as many as the machine has
};

/// What stands in the tree.
struct Discovery {
  std::vector<SourceEntry> Sources;      ///< sorted by path
  std::vector<std::string> InfoPlists;   ///< sorted by path
  std::vector<std::string> Entitlements; ///< sorted by path
  /// project.pbxproj, project.yml and Project.swift; sorted by path.
  std::vector<std::string> Manifests;
  std::vector<Problem> Problems; ///< sorted by file
  unsigned Seen = 0;    ///< sources under the paths, ignored ones included
  unsigned Ignored = 0; ///< of these, vendored or ignored by a rule
};

/// Walks the tree on several threads, and scans the sources (.m, .mm, .h,
/// .swift) for tokens. Symbolic links are not followed; one that leads
/// out of the root to code is a problem. Fails only if one of
/// the paths does not exist; what cannot be read is a problem.
llvm::Expected<Discovery> discover(const DiscoverOptions &Options);

} // namespace ringfence

#endif
