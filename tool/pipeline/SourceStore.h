//===-- SourceStore.h - files and what the readers make of them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_SOURCESTORE_H
#define RINGFENCE_TOOL_PIPELINE_SOURCESTORE_H

#include "matchers/model/File.h"
#include "matchers/objc/Reader.h"
#include "matchers/swift/Reader.h"
#include "tool/discover/ReadFile.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringMap.h"
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// The reader of each language, made when the first file needs it: a tree
/// without Objective-C handlers never starts Clang. One thread at a time.
class Readers {
public:
  explicit Readers(objc::ReaderOptions Options) : Options(std::move(Options)) {}
  File read(std::shared_ptr<const SourceFile> Source);
  /// What \p Source declares; none where only reading the whole shows that.
  std::optional<File> declarations(std::shared_ptr<const SourceFile> Source);
  /// How Objective-C was read, "" if none was.
  std::string objcDescription() const;

private:
  objc::ReaderOptions Options;
  std::unique_ptr<objc::Reader> ObjC;
  std::unique_ptr<swift::Reader> Swift;
};

/// What stands in place of files on disk: path to bytes.
using Overlay = std::map<std::string, std::string>;

/// Files of one tree, each read and lowered at most once. Not for several
/// threads at a time, though read() uses several itself.
class SourceStore {
public:
  /// \p Root is a folder; paths are relative to it.
  SourceStore(std::string Root, objc::ReaderOptions Options, unsigned Threads);
  /// The files of \p Base, but for those in \p Changed. \p Base must outlive
  /// it, and what Base has read already is used again.
  SourceStore(SourceStore &Base, Overlay Changed);
  ~SourceStore();

  /// Bytes of any file below the root; none if it cannot be read.
  std::optional<std::string> bytes(llvm::StringRef Path);

  /// Whether the file at \p Path holds \p Text anywhere; false if it cannot be
  /// read. Each file on disk is asked once for each text.
  bool holds(llvm::StringRef Path, llvm::StringRef Text);

  /// The file, lowered; null if it cannot be read (that is a problem then).
  const File *file(llvm::StringRef Path);

  /// What the file at \p Path declares: the file itself where it was read or
  /// no reading is cheaper, else one whose functions have no steps. Null as
  /// for file().
  const File *declarations(llvm::StringRef Path);

  /// Takes a reading of a changed file that was made before.
  void adopt(std::shared_ptr<const File> Reading);
  /// The reading of a file, to be adopted by another store; null if it was not
  /// read, or cannot be.
  std::shared_ptr<const File> reading(llvm::StringRef Path) const {
    return Files.lookup(Path);
  }

  /// Reads \p Text, which need not be that of any file, and keeps nothing.
  File readText(std::shared_ptr<const SourceFile> Text);

  /// Lowers \p Paths, on several threads where that pays.
  void read(llvm::ArrayRef<std::string> Paths);

  bool isRead(llvm::StringRef Path) const;
  /// Files lowered so far that are not Base's.
  std::vector<const File *> files() const;
  const Overlay &overlay() const { return Changed; }
  const std::string &root() const { return Root; }
  std::string objcDescription() const;

  /// Files that could not be read.
  std::vector<Problem> Problems;

private:
  std::shared_ptr<const SourceFile> load(llvm::StringRef Path,
                                         FileBuffer &Buffer, Problem &P);

  /// Readers are slow to start: Base's are used again.
  std::vector<std::unique_ptr<Readers>> &readers();
  /// Those of the thread that asks.
  Readers &firstReaders();

  std::string Root;
  Folder Dir;
  objc::ReaderOptions Options;
  unsigned Threads;
  SourceStore *Base = nullptr;
  Overlay Changed;
  llvm::StringMap<std::shared_ptr<const File>> Files; ///< null: not readable
  /// Without steps; null: only the whole shows what is declared.
  llvm::StringMap<std::unique_ptr<const File>> Declared;
  /// By text and path: what holds() has found out about files on disk.
  llvm::StringMap<llvm::StringMap<bool>> Held;
  std::vector<std::unique_ptr<Readers>> PerThread;
  FileBuffer Buffer;
};

} // namespace ringfence

#endif
