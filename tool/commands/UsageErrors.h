//===-- UsageErrors.h - what was meant by wrong arguments -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_USAGEERRORS_H
#define RINGFENCE_TOOL_COMMANDS_USAGEERRORS_H

#include "tool/commands/RunOptions.h"
#include "llvm/ADT/ArrayRef.h"

namespace ringfence {

/// Prints what is wrong with \p Arguments, and the command or the option that
/// was probably meant; \p Said is what the parser says of it.
ExitCode explainUsageError(const CLI::App &Program,
                           llvm::ArrayRef<char *> Arguments,
                           llvm::StringRef Said);

} // namespace ringfence

#endif
