//===-- Files.cpp - system calls of a safe write -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/apply/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace ringfence;
using llvm::StringRef;
namespace path = llvm::sys::path;

static llvm::Error failed(StringRef Path, int Errno) {
  return llvm::createStringError(
      std::error_code(Errno, std::generic_category()), "%s: %s",
      Path.str().c_str(), std::strerror(Errno));
}

static llvm::Error refused(StringRef Path, const char *Why) {
  return llvm::createStringError(std::errc::operation_not_permitted, "%s: %s",
                                 Path.str().c_str(), Why);
}

llvm::Error ringfence::checkInside(StringRef Root, StringRef Path) {
  if (Path.empty() || path::is_absolute(Path))
    return refused(Path, "is not below the root");
  llvm::SmallString<256> At(Root);
  for (StringRef Part : llvm::make_range(path::begin(Path), path::end(Path))) {
    if (Part == "..")
      return refused(Path, "is not below the root");
    path::append(At, Part);
    struct stat S;
    if (::lstat(At.c_str(), &S) != 0) {
      if (errno == ENOENT)
        return llvm::Error::success(); // the rest is to be made
      return failed(Path, errno);
    }
    if (S_ISLNK(S.st_mode))
      return refused(Path, "is or lies behind a symbolic link");
  }
  return llvm::Error::success();
}

llvm::Expected<std::optional<std::string>>
ringfence::readAll(const std::string &Path) {
  int Fd = ::open(Path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (Fd < 0) {
    if (errno == ENOENT)
      return std::optional<std::string>();
    return failed(Path, errno);
  }
  std::string Bytes;
  char Buffer[1 << 16];
  ssize_t N;
  while ((N = ::read(Fd, Buffer, sizeof Buffer)) != 0) {
    if (N > 0)
      Bytes.append(Buffer, static_cast<std::size_t>(N));
    else if (errno != EINTR) {
      int Errno = errno;
      ::close(Fd);
      return failed(Path, Errno);
    }
  }
  ::close(Fd);
  return std::optional<std::string>(std::move(Bytes));
}

/// Writes and syncs; errno of the first call that fails, or 0.
static int writeAndSync(int Fd, StringRef Bytes) {
  while (!Bytes.empty()) {
    ssize_t N = ::write(Fd, Bytes.data(), Bytes.size());
    if (N < 0 && errno == EINTR)
      continue;
    if (N < 0)
      return errno;
    Bytes = Bytes.drop_front(static_cast<std::size_t>(N));
  }
  return ::fsync(Fd) != 0 ? errno : 0;
}

static constexpr llvm::StringLiteral TemporaryPrefix = ".ringfence-";

void ringfence::removeTemporaries(StringRef Folder) {
  std::error_code EC;
  for (llvm::sys::fs::directory_iterator It(Folder, EC, false), End;
       !EC && It != End; It.increment(EC)) {
    StringRef Name = path::filename(It->path());
    if (Name.consume_front(TemporaryPrefix) && Name.size() == 6 &&
        llvm::all_of(Name, [](char C) { return llvm::isAlnum(C); }) &&
        It->type() == llvm::sys::fs::file_type::regular_file)
      ::unlink(It->path().c_str());
  }
}

Replacement::Replacement(Replacement &&O) noexcept
    : Target(std::move(O.Target)),
      Temporary(std::exchange(O.Temporary, std::string())) {}

Replacement::~Replacement() {
  if (!Temporary.empty())
    ::unlink(Temporary.c_str());
}

llvm::Expected<Replacement> Replacement::prepare(std::string Target,
                                                 StringRef Bytes) {
  llvm::SmallString<256> Name(path::parent_path(Target));
  path::append(Name, TemporaryPrefix + "XXXXXX");
  std::string Temporary = Name.str().str();
  int Fd = ::mkstemp(Temporary.data());
  if (Fd < 0)
    return failed(Target, errno);
  Replacement Result(std::move(Target), std::move(Temporary));

  struct stat Old;
  bool Exists = ::lstat(Result.Target.c_str(), &Old) == 0;
  mode_t Mask = ::umask(0);
  ::umask(Mask);
  mode_t Mode = Exists ? Old.st_mode & 07777u : 0666u & ~Mask;
  int Errno = writeAndSync(Fd, Bytes);
  // Giving the file to its owner needs a right that most users lack, and then
  // they own it anyway.
  if (Exists && ::fchown(Fd, Old.st_uid, Old.st_gid) != 0)
    errno = 0;
  if (!Errno && ::fchmod(Fd, Mode) != 0)
    Errno = errno;
  if (::close(Fd) != 0 && !Errno)
    Errno = errno;
  if (Errno)
    return failed(Result.Target, Errno);
  return std::move(Result);
}

llvm::Error Replacement::commit() {
  if (::rename(Temporary.c_str(), Target.c_str()) != 0)
    return failed(Target, errno);
  Temporary.clear();
  return llvm::Error::success();
}

llvm::Expected<std::vector<std::string>>
ringfence::makeParents(const std::string &Path) {
  std::vector<std::string> Missing;
  for (StringRef Dir = path::parent_path(Path);
       !Dir.empty() && !llvm::sys::fs::exists(Dir);
       Dir = path::parent_path(Dir))
    Missing.insert(Missing.begin(), Dir.str());
  for (const std::string &Dir : Missing)
    if (::mkdir(Dir.c_str(), 0777) != 0 && errno != EEXIST)
      return failed(Dir, errno);
  return Missing;
}

void ringfence::syncFolder(StringRef Folder) {
  int Fd = ::open(Folder.str().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (Fd < 0)
    return;
  ::fsync(Fd);
  ::close(Fd);
}
