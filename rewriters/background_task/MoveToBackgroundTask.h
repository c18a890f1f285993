//===-- MoveToBackgroundTask.h - upkeep moves -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_MOVETOBACKGROUNDTASK_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_MOVETOBACKGROUNDTASK_H

#include "rewriters/Fix.h"
#include <optional>

namespace ringfence {

/// The fix of ringfence-background-work, for step Move: the statements become
/// a method that a BGAppRefreshTask runs, the handler asks for that task
/// instead, and Info.plist permits it. Where a move is blocked the findings'
/// Advice says by what.
std::optional<FixSet> moveToBackgroundTask(const FixRequest &R);

} // namespace ringfence

#endif
