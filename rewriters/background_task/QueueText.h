//===-- QueueText.h - pushes that wait for a background task -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_QUEUETEXT_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_QUEUETEXT_H

#include "rewriters/background_task/TaskText.h"

namespace ringfence {

/// \p Template with each \p Mark replaced.
std::string with(std::string Template, llvm::StringRef Mark,
                 llvm::StringRef By);

/// Fills what \p Members, a template of TaskText, leaves open for a queue of
/// pushes: a newer request replaces a pending one of the same identifier, so
/// what was pushed is kept in files until its work has ended. Where \p T has no
/// Values there is no queue, and the places become plain calls.
std::string withQueue(std::string Members, const TaskText &T);

/// The type that keeps the files, to stand at the end of a Swift file; "" where
/// none is needed.
std::string queueType(const TaskText &T);

} // namespace ringfence

#endif
