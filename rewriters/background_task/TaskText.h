//===-- TaskText.h - members that run a background task -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_TASKTEXT_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_TASKTEXT_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace ringfence {

/// What the generated members depend on. All text is in template form: a tab
/// at a line's head is one level of indentation.
struct TaskText {
  bool IsSwift = true;
  bool UsesARC = true;
  /// The identifier's last part, "refresh", and the configured prefix ("" for
  /// the bundle's identifier).
  std::string Suffix = "refresh", Prefix;
  /// The registry's queue is main: the task's code runs there too.
  bool OnMain = true;
  /// The deployment target is below iOS 13.
  bool Guarded = false;
  /// How the project logs: "print", "NSLog" or a logger's member with its
  /// level, as "log.error".
  std::string Logs = "NSLog";
  /// The moved statements, one level in.
  std::string Body;
  /// The name under which Body reads what was pushed; "" if it does not. Pushes
  /// wait in a queue then.
  std::string Values;
  bool NeedsFinish = true; ///< Body does not call finished itself
  /// The handler is none of its type's actor: what it calls must not be either.
  bool IsNonisolated = false;
  /// Another type, or another file, calls refreshInBackground.
  bool IsCalledFromOutside = false;
  /// What starts the work.
  enum class Start {
    Registered, ///< a launch handler of its own
    Joined,     ///< a launch handler that the project has
    OfScene,    ///< a scene of a SwiftUI app; Swift, iOS 16
  };
  Start StartedBy = Start::Registered;
  /// The handler's type, and the identifier of the task that is joined as an
  /// expression of it.
  std::string Type, JoinedIdentifier;
  /// The launch handler that is joined runs on another queue than the work.
  bool Hops = false;
  /// The request is for processing: the system keeps one for an app refresh,
  /// which is another task's.
  bool IsProcessing = false;

  bool joins() const { return StartedBy == Start::Joined; }
  bool isOfScene() const { return StartedBy == Start::OfScene; }

  /// Value of the identifier in Info.plist.
  std::string plistIdentifier() const;
  /// The members of the handler's type, a blank line between two.
  std::string members() const;
  /// A type that stands at the end of the file; "" where none is needed.
  std::string atFileEnd() const;
  /// The first line of Objective-C's refreshInBackground, without its body.
  std::string workHead() const;
  /// The statements that ask for the task with \p Pushed, the expression for
  /// what was pushed where Values is set, and \p Also (template form, no final
  /// newline) behind them. Where Guarded is set, \p Otherwise is what runs
  /// below iOS 13; it is put in as it is.
  std::string ask(llvm::StringRef Self, llvm::StringRef Pushed,
                  llvm::StringRef Also, llvm::StringRef Otherwise) const;
  /// The app delegate's method that takes silent pushes and lets \p Receiver's
  /// object catch up.
  std::string silentPush(llvm::StringRef Receiver) const;
  /// The statement that registers the task with \p Receiver's object.
  std::string registration(llvm::StringRef Receiver) const;
};

} // namespace ringfence

#endif
