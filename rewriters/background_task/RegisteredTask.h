//===-- RegisteredTask.h - background tasks the project has -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_REGISTEREDTASK_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_REGISTEREDTASK_H

#include "rewriters/Propose.h"
#include <set>
#include <string>
#include <vector>

namespace ringfence {

/// A background task for which the project registers a launch handler.
struct RegisteredTask {
  FunctionRef In;                  ///< the function that registers it
  const Step *Statement = nullptr; ///< of that function
  std::string Identifier;          ///< the expression as written
  /// As Info.plist spells it, "$(PRODUCT_BUNDLE_IDENTIFIER).refresh"; "" if it
  /// cannot be computed from the text.
  std::string Value;
  bool OnMain = false; ///< the launch handler runs on the main queue
  /// The launch handler: one of both, or neither if it is something else.
  const Closure *Handler = nullptr;
  FunctionRef Method;
  /// A request of that class is made for the identifier.
  bool IsRefresh = false, IsProcessing = false;
};

/// The tasks that the project's own sources register with BGTaskScheduler in
/// the app of the handler at \p HandlerPath, by path and place.
std::vector<RegisteredTask> registeredTasks(const ProposeInput &In,
                                            llvm::StringRef HandlerPath);

/// The value of \p Expression, an identifier as written in \p At: a literal, a
/// local, a constant, or the bundle's identifier with something behind it.
/// Spelled as RegisteredTask::Value; "" if the text does not tell.
std::string identifierValue(const ProposeInput &In, llvm::StringRef Expression,
                            FunctionRef At);

/// Whether a source of the handler's app asks for an app refresh. The system
/// keeps one such request at a time, whatever its identifier
/// (developer.apple.com/documentation/backgroundtasks/bgtaskscheduler/submit(_:)).
bool asksForRefresh(const ProposeInput &In, llvm::StringRef HandlerPath);

/// The last part of an identifier that the project does not have yet: not in an
/// Info.plist, not registered, not a literal of any source. \p Skipped leaves
/// out as many of them: for handlers that take theirs in the same run.
std::string freeSuffix(const ProposeInput &In, llvm::StringRef HandlerPath,
                       unsigned Skipped);

} // namespace ringfence

#endif
