//===-- Logging.h - how a type logs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_LOGGING_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_LOGGING_H

#include "rewriters/Propose.h"
#include <string>

namespace ringfence {

/// The call by which the members of \p Owner in \p F log an error, for new
/// members of it: "log.error", "print"; "NSLog" if they do not log.
std::string howItLogs(const ProposeInput &In, const File &F,
                      llvm::StringRef Owner);

} // namespace ringfence

#endif
