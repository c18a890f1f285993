//===-- VerifyCommand.cpp - a build that judges what was written -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/VerifyCommand.h"
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/wait.h>

llvm::Error ringfence::runVerifyCommand(const std::string &Command) {
  // system() holds interrupts off this process while the command runs, so that
  // there is somebody left to take the changes back.
  int Status = std::system(("{ " + Command + "\n} >&2").c_str());
  if (Status == 0)
    return llvm::Error::success();
  auto Failed = [&](const llvm::Twine &How) {
    return llvm::createStringError(std::errc::operation_canceled, "\"%s\" %s",
                                   Command.c_str(), How.str().c_str());
  };
  if (Status == -1)
    return Failed(llvm::Twine("could not be run: ") + std::strerror(errno));
  if (WIFSIGNALED(Status))
    return Failed("was ended by signal " + llvm::Twine(WTERMSIG(Status)));
  return Failed("ended with exit status " + llvm::Twine(WEXITSTATUS(Status)));
}
