//===-- SourceFile.h - a file's bytes and lines -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_SOURCEFILE_H
#define RINGFENCE_MATCHERS_MODEL_SOURCEFILE_H

#include "matchers/model/Range.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ringfence {

enum class Language { ObjC, ObjCXX, Swift };

/// Language of \p Path by its extension (.m, .mm, .swift; a .h counts as
/// Objective-C).
Language languageOf(llvm::StringRef Path);

/// The word that INTERFACE's JSON uses: "objc", "objc++" or "swift".
llvm::StringRef nameOf(Language L);

/// The bytes of one file, unchanged, and where its lines begin. A line ends
/// behind "\n", "\r\n" or a lone "\r". Bytes need not be UTF-8, and NUL is a
/// byte like any other.
class SourceFile {
public:
  /// \p Path is relative to the root of the run, with forward slashes.
  SourceFile(std::string Path, std::string Bytes);

  llvm::StringRef path() const { return Path; }
  llvm::StringRef bytes() const { return Bytes; }
  Language language() const { return languageOf(Path); }
  llvm::StringRef text(Range R) const;

  /// 1-based line that holds byte \p Offset; offsets past the end belong to
  /// the last line.
  unsigned line(std::uint32_t Offset) const;
  /// 1-based column of \p Offset, counted in bytes.
  unsigned column(std::uint32_t Offset) const;
  /// Offset of the first byte of 1-based line \p Line.
  std::uint32_t lineBegin(unsigned Line) const;
  /// The line's text without its end-of-line bytes.
  llvm::StringRef lineText(unsigned Line) const;
  unsigned lineCount() const {
    return static_cast<unsigned>(LineBegins.size());
  }
  /// The spaces and tabs that begin the line of \p Offset.
  llvm::StringRef indentation(std::uint32_t Offset) const;
  /// The end-of-line bytes that most of the file's lines use ("\n" if none).
  llvm::StringRef lineEnding() const;

private:
  std::string Path;
  std::string Bytes;
  std::vector<std::uint32_t> LineBegins;
};

/// Something that a reader could not make sense of, or had to leave out.
struct Problem {
  std::string File;
  unsigned Line = 0; ///< 1-based; 0 where no line applies.
  std::string Message;
  /// The file as a whole was not read or not analysed (exit status 3).
  bool Fatal = false;
};

} // namespace ringfence

#endif
