//===-- ReadFile.cpp - bytes of a file, read once -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/ReadFile.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

using namespace ringfence;

Folder::~Folder() {
  if (Fd >= 0)
    ::close(Fd);
}

std::error_code Folder::open(const std::string &Path, Folder &Result) {
  Result.Fd = ::open(Path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (Result.Fd < 0)
    return {errno, std::generic_category()};
  return {};
}

// Most sources fit; a read that fills the buffer grows it.
static constexpr std::size_t FirstCapacity = 256u << 10;

FileBuffer::FileBuffer()
    : Data(new char[FirstCapacity]), Capacity(FirstCapacity) {}

bool FileBuffer::grow() {
  if (Capacity > MaxSourceBytes)
    return false;
  std::size_t Larger = Capacity * 4;
  std::unique_ptr<char[]> New(new char[Larger]);
  std::memcpy(New.get(), Data.get(), Size);
  Data = std::move(New);
  Capacity = Larger;
  return true;
}

std::error_code FileBuffer::read(const Folder &In, const char *Path) {
  Size = 0;
  Truncated = false;
  // Without O_NONBLOCK, opening a pipe would wait for somebody to write.
  int Fd = ::openat(In.descriptor(), Path,
                    O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (Fd < 0)
    return {errno, std::generic_category()};
  std::error_code Error;
  for (;;) {
    if (Size == Capacity && !grow())
      break;
    ssize_t N = ::read(Fd, Data.get() + Size, Capacity - Size);
    if (N < 0 && errno == EINTR)
      continue;
    if (N < 0)
      Error = {errno, std::generic_category()};
    if (N <= 0)
      break;
    Size += static_cast<std::size_t>(N);
  }
  ::close(Fd);
  if (Size > MaxSourceBytes) {
    Size = MaxSourceBytes;
    Truncated = true;
  }
  if (Error)
    Size = 0;
  return Error;
}
