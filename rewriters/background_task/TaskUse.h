//===-- TaskUse.h - what code does with a background task -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_TASKUSE_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_TASKUSE_H

#include "rewriters/background_task/RegisteredTask.h"

namespace ringfence {

/// What a launch handler, and the functions that it hands its task to, do with
/// the task.
struct TaskUse {
  /// A place in the code, and what the task is called there.
  struct Place {
    const File *In = nullptr;
    const Call *Completes = nullptr;  ///< setTaskCompleted
    const Closure *Expires = nullptr; ///< what is set as expirationHandler
    std::string Task;
    const Step *Statement = nullptr; ///< that sets it
  };
  std::vector<Place> Completions, Expiries;
  /// Types that the code gives the task.
  bool IsRefresh = false, IsProcessing = false;
  /// Why not all of it is known, as a clause; "" if it is.
  std::string Blocker;
};

/// Follows the task of \p T from its launch handler on.
TaskUse useOf(const ProposeInput &In, const RegisteredTask &T);

/// The task's name in the launch handler of \p T; "" if it has none.
std::string taskName(const RegisteredTask &T);

} // namespace ringfence

#endif
