//===-- WorkStarts.h - what starts moved upkeep -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_WORKSTARTS_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_WORKSTARTS_H

#include "rewriters/Fix.h"
#include "rewriters/background_task/JoinedTask.h"
#include "rewriters/background_task/TaskText.h"
#include "rewriters/launch/SwiftUIApp.h"

namespace ringfence {

/// Lets something start the upkeep that moves out of the handler of \p R.
class WorkStarts {
public:
  WorkStarts(const FixRequest &R, Builders &Edits, FixSet &Set,
             const TaskText &T)
      : R(R), In(R.In), JH(R.handler()), Edits(Edits), Set(Set), T(T) {}

  /// A launch handler of its own. Returns false, with advice, where launching
  /// has no place for the registration.
  bool registerAtLaunch(const std::optional<LaunchPlace> &Launch);
  /// The launch handler of \p Task. Returns false, with advice, where it cannot
  /// be edited.
  bool join(const JoinedTask &Task);
  /// A background task of \p App's first scene, which names the handler's
  /// object
  /// \p Receiver. Returns false where the scene cannot be edited.
  bool addToScene(const SwiftUIApp &App, llvm::StringRef Receiver);
  /// The app delegate's method for silent pushes, if there is none yet and
  /// \p MayWrite one. Returns whether it was written; what is left is said in
  /// the set.
  bool takeSilentPush(const std::optional<LaunchPlace> &Launch, bool MayWrite);
  /// The same in the delegate of \p App, which gets one if it has none, for an
  /// object that can be named everywhere.
  bool takeSilentPush(const SwiftUIApp &App, llvm::StringRef Receiver,
                      bool MayWrite);

private:
  void sayWhatServerSends();
  void sayWhoCalls(const Function *Own);
  void importRuntime();
  void declare(llvm::StringRef Members, llvm::StringRef Names);
  llvm::StringRef owner() const { return JH.function().Owner; }

  const FixRequest &R;
  const ProposeInput &In;
  const JudgedHandler &JH;
  Builders &Edits;
  FixSet &Set;
  const TaskText &T;
};

} // namespace ringfence

#endif
