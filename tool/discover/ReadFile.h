//===-- ReadFile.h - bytes of a file, read once -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_DISCOVER_READFILE_H
#define RINGFENCE_TOOL_DISCOVER_READFILE_H

#include "llvm/ADT/StringRef.h"
#include <memory>
#include <string>
#include <system_error>

namespace ringfence {

/// Larger files hold data, not handlers: they are left out, and that is said.
constexpr std::size_t MaxSourceBytes = 16u << 20;

/// A folder that files are opened below, by paths relative to it.
class Folder {
public:
  Folder() = default;
  ~Folder();
  Folder(Folder &&O) noexcept : Fd(O.Fd) { O.Fd = -1; }
  Folder &operator=(Folder &&) = delete;

  static std::error_code open(const std::string &Path, Folder &Result);
  int descriptor() const { return Fd; }

private:
  int Fd = -1;
};

/// Reads whole files into one buffer that is used again: mapping small files
/// costs several times as much.
class FileBuffer {
public:
  FileBuffer();

  /// Reads \p Path below \p In. Bytes past MaxSourceBytes are not read; then
  /// truncated() is true. Waits for nothing: what is no regular file fails.
  std::error_code read(const Folder &In, const char *Path);
  llvm::StringRef bytes() const { return {Data.get(), Size}; }
  bool truncated() const { return Truncated; }

private:
  bool grow();
  std::unique_ptr<char[]> Data;
  std::size_t Capacity;
  std::size_t Size = 0;
  bool Truncated = false;
};

} // namespace ringfence

#endif
