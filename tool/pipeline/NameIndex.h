//===-- NameIndex.h - which file declares what -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_NAMEINDEX_H
#define RINGFENCE_TOOL_PIPELINE_NAMEINDEX_H

#include "tool/pipeline/SourceStore.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include <string>
#include <vector>

namespace ringfence {

/// Where names of functions and types are declared in a tree: one pass over
/// the bytes of all sources, made when the first call leads out of its file.
/// It may name a file too many, and never decides anything by itself.
class NameIndex {
public:
  using FileList = llvm::SmallVector<std::uint32_t, 2>;

  /// \p Paths: all sources, sorted.
  NameIndex(std::string Root, std::vector<std::string> Paths, unsigned Threads);
  /// \p Base, and what the files of \p Changed declare besides.
  NameIndex(NameIndex &Base, const Overlay &Changed);

  /// Files that define a function with this Swift base name, C name or first
  /// selector piece, in the order of their paths.
  std::vector<std::string> filesDefining(llvm::StringRef Name);
  /// Files with a declaration or extension of the type.
  std::vector<std::string> filesOfType(llvm::StringRef Type);
  /// Superclass and protocols of the type, all its declarations together.
  std::vector<std::string> supertypesOf(llvm::StringRef Type);
  /// Types that name \p Type among their supertypes.
  std::vector<std::string> subtypesOf(llvm::StringRef Type);
  bool knowsType(llvm::StringRef Type);
  /// All sources, sorted.
  const std::vector<std::string> &paths() const { return Paths; }
  /// First selector pieces that begin with \p Prefix: what a Swift call with
  /// that base name may mean.
  std::vector<std::string> selectorPieces(llvm::StringRef Prefix);

private:
  struct Tables {
    llvm::StringMap<FileList> Functions, Types;
    llvm::StringMap<std::vector<std::string>> Supertypes, Subtypes;
    std::vector<llvm::StringRef> Pieces; ///< sorted keys of Functions
    void add(std::uint32_t File, llvm::StringRef Path, llvm::StringRef Bytes);
    void merge(Tables &&Other);
    void finish();
  };
  void build();

  NameIndex *Base = nullptr;
  std::string Root;
  std::vector<std::string> Paths;
  unsigned Threads = 1;
  bool Built = false;
  Tables T;
};

} // namespace ringfence

#endif
