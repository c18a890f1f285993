//===-- FaultyCalls.cpp - system calls that fail on demand -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/apply/FaultyCalls.h"
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace ringfence::test;

static Faults Now;
static unsigned Calls = 0;

void ringfence::test::setFaults(const Faults &F) {
  Now = F;
  Calls = 0;
}

unsigned ringfence::test::callsMade() { return Calls; }

/// Counts a call; whether it has to fail, with errno set.
static bool fails() {
  ++Calls;
  switch (Now.K) {
  case Faults::Kind::None:
    return false;
  case Faults::Kind::Kill:
    if (Calls == Now.At)
      ::_exit(KilledStatus);
    return false;
  case Faults::Kind::FailOnce:
    errno = Now.Errno;
    return Calls == Now.At;
  case Faults::Kind::FailOn:
    errno = Now.Errno;
    return Calls >= Now.At;
  }
  return false;
}

// NOLINTBEGIN: the linker gives these names.
extern "C" {
int __real_open(const char *, int, ...);
int __real_openat(int, const char *, int, ...);
ssize_t __real_write(int, const void *, size_t);
int __real_mkstemp(char *);
int __real_fchown(int, uid_t, gid_t);
int __real_fchmod(int, mode_t);
int __real_close(int);
int __real_rename(const char *, const char *);
int __real_unlink(const char *);
int __real_mkdir(const char *, mode_t);
int __real_rmdir(const char *);
int __real_remove(const char *);
int __real_flock(int, int);

static mode_t modeOf(int Flags, va_list Rest) {
  return Flags & O_CREAT ? va_arg(Rest, mode_t) : 0;
}

int __wrap_open(const char *Path, int Flags, ...) {
  va_list Rest;
  va_start(Rest, Flags);
  mode_t Mode = modeOf(Flags, Rest);
  va_end(Rest);
  return fails() ? -1 : __real_open(Path, Flags, Mode);
}

int __wrap_openat(int Folder, const char *Path, int Flags, ...) {
  va_list Rest;
  va_start(Rest, Flags);
  mode_t Mode = modeOf(Flags, Rest);
  va_end(Rest);
  return fails() ? -1 : __real_openat(Folder, Path, Flags, Mode);
}

ssize_t __wrap_write(int Fd, const void *Bytes, size_t Size) {
  if (Now.K == Faults::Kind::Kill && Calls + 1 == Now.At)
    (void)!__real_write(Fd, Bytes, Size / 2);
  return fails() ? -1 : __real_write(Fd, Bytes, Size);
}

// What a process has written outlives it without.
int __wrap_fsync(int) { return fails() ? -1 : 0; }

int __wrap_mkstemp(char *Name) { return fails() ? -1 : __real_mkstemp(Name); }

int __wrap_fchown(int Fd, uid_t User, gid_t Group) {
  return fails() ? -1 : __real_fchown(Fd, User, Group);
}

int __wrap_fchmod(int Fd, mode_t Mode) {
  return fails() ? -1 : __real_fchmod(Fd, Mode);
}

int __wrap_close(int Fd) {
  // A descriptor is gone even if closing it reports an error.
  bool Fails = fails();
  int Result = __real_close(Fd);
  if (Fails)
    errno = Now.Errno;
  return Fails ? -1 : Result;
}

int __wrap_rename(const char *From, const char *To) {
  return fails() ? -1 : __real_rename(From, To);
}

int __wrap_unlink(const char *Path) {
  return fails() ? -1 : __real_unlink(Path);
}

int __wrap_mkdir(const char *Path, mode_t Mode) {
  return fails() ? -1 : __real_mkdir(Path, Mode);
}

int __wrap_rmdir(const char *Path) { return fails() ? -1 : __real_rmdir(Path); }

int __wrap_remove(const char *Path) {
  return fails() ? -1 : __real_remove(Path);
}

int __wrap_flock(int Fd, int What) {
  return fails() ? -1 : __real_flock(Fd, What);
}
}
// NOLINTEND
