//===-- JoinedTask.h - upkeep in a launch handler that is there -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_JOINEDTASK_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_JOINEDTASK_H

#include "rewriters/background_task/TaskUse.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/launch/Launch.h"
#include <optional>

namespace ringfence {

/// A task of the project in whose launch handler the upkeep of a handler can
/// run beside what is done there.
struct JoinedTask {
  RegisteredTask Task;
  TaskUse Use;
  /// The expression for the handler's object in the launch handler, and where
  /// the task is registered; Swift's ends in "?" where it may be nil.
  std::string Receiver, ReceiverAtRegistration;
  /// The identifier, usable in the handler's type; a literal keeps its quotes.
  std::string Identifier;
};

/// The first app refresh task of the project that the upkeep of \p Handler can
/// join; none if there is none. \p Launch is where launching makes the
/// handler's object, if that is known. Why tasks that would fit are not joined
/// is put into \p WhyNot, as clauses.
std::optional<JoinedTask> taskToJoin(const ProposeInput &In,
                                     FunctionRef Handler,
                                     const std::optional<LaunchPlace> &Launch,
                                     bool WorkIsOnMain,
                                     std::vector<std::string> &WhyNot);

/// Lets the launch handler of \p T start the upkeep, and the work there end its
/// half of the task. \p Type is the handler's type, \p Resumes whether what
/// waits for a run is asked about at launch. Returns false where the code
/// cannot be edited.
bool join(Builders &Edits, const JoinedTask &T, llvm::StringRef Type,
          bool Resumes);

} // namespace ringfence

#endif
