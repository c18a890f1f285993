//===-- SceneText.h - members for a task of a SwiftUI scene -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_SCENETEXT_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_SCENETEXT_H

#include "rewriters/background_task/TaskText.h"

namespace ringfence {

/// The member that a scene's background task awaits, in template form with the
/// marks of TaskText. The task has ended when it returns, and is cancelled when
/// the system takes its time back (developer.apple.com/documentation/swiftui/
/// scene/backgroundtask(_:action:)).
std::string sceneMembers(const TaskText &T);

/// The type that lets it return once, in template form.
std::string sceneRun(const TaskText &T);

/// The modifier of a scene that runs the task with \p Receiver's object, which
/// is a member of the App where \p IsMember is set.
std::string sceneModifier(const TaskText &T, llvm::StringRef Receiver,
                          bool IsMember);

} // namespace ringfence

#endif
