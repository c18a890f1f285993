//===-- JoinedText.h - members for a task that is joined -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_JOINEDTEXT_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_JOINEDTEXT_H

#include "rewriters/background_task/TaskText.h"

namespace ringfence {

/// The members that start the upkeep in a launch handler of the project, beside
/// the work there, in template form with the marks of TaskText.
std::string joiningMembers(const TaskText &T);

/// Swift's type that ends a task once both works on it have, in template form.
std::string joinedRun(const TaskText &T);

/// What other files of an Objective-C project have to see of the members.
std::string joiningDeclarations(const TaskText &T);

} // namespace ringfence

#endif
