//===-- VerifyCommand.h - a build that judges what was written -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_VERIFYCOMMAND_H
#define RINGFENCE_TOOL_COMMANDS_VERIFYCOMMAND_H

#include "llvm/Support/Error.h"
#include <string>

namespace ringfence {

/// Runs \p Command by the shell in the current folder, its output on standard
/// error; what an interrupt ends has failed. The error names the exit status.
llvm::Error runVerifyCommand(const std::string &Command);

} // namespace ringfence

#endif
