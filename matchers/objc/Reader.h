//===-- Reader.h - Objective-C sources become the model -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_READER_H
#define RINGFENCE_MATCHERS_OBJC_READER_H

#include "matchers/model/File.h"
#include <memory>
#include <string>
#include <vector>

namespace ringfence::objc {

/// How Objective-C is read.
struct ReaderOptions {
  /// Folder of a compile_commands.json, "" to read with built-in headers only.
  std::string BuildDirectory;
  /// Root of the run; relative paths of files count from here.
  std::string Root;
};

/// Reads Objective-C and Objective-C++ with Clang. Needs no SDK and no project
/// headers: what is not declared is declared on demand. One instance may be
/// used by one thread at a time.
class Reader {
public:
  explicit Reader(ReaderOptions Options);
  ~Reader();

  /// Lowers every function of \p Source. Never fails: problems are in the
  /// result.
  File read(std::shared_ptr<const SourceFile> Source);

  /// One sentence on how files were read: "a compile database" or "built-in
  /// headers".
  std::string description() const;

private:
  struct State;
  std::unique_ptr<State> S;
};

/// A function that a file defines, found without Clang.
struct IndexedName {
  std::string Name;         ///< selector, or C function name
  std::string Owner;        ///< class, "" for a C function
  std::uint32_t Offset = 0; ///< 0-based byte of the definition
};

/// The functions and methods that \p Bytes defines: a name index for looking
/// helpers up, made by the tree-sitter grammar in a few milliseconds.
std::vector<IndexedName> indexNames(llvm::StringRef Bytes);

} // namespace ringfence::objc

#endif
