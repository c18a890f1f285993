//===-- MoveToBackgroundTask.h - upkeep moves -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_MOVETOBACKGROUNDTASK_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_MOVETOBACKGROUNDTASK_H

#include "rewriters/Propose.h"
#include <vector>

namespace ringfence {

/// The fix of ringfence-background-work, for step Move: the statements become
/// a method that a BGAppRefreshTask runs, the handler asks for that task
/// instead, and Info.plist permits it. Nothing for other steps. Where a move
/// is blocked the findings' Advice says by what.
std::vector<FixSet> moveToBackgroundTask(const ProposeInput &In,
                                         MigrationStep Step);

} // namespace ringfence

#endif
