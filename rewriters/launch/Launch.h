//===-- Launch.h - where launch makes a handler's object -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_LAUNCH_LAUNCH_H
#define RINGFENCE_REWRITERS_LAUNCH_LAUNCH_H

#include "matchers/model/FunctionSource.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// The definitions of application(_:didFinishLaunchingWithOptions:) in the
/// project, one for each app delegate.
std::vector<FunctionRef> launchMethods(FunctionSource &Functions);

/// A place in application(_:didFinishLaunchingWithOptions:) at which a method
/// of the handler's object can be called, once per launch.
struct LaunchPlace {
  FunctionRef Launch;
  /// The statement behind which the call goes; null for the head of the
  /// function.
  const Step *After = nullptr;
  /// The expression for the object: "self", "self.pushes", "Push.shared".
  std::string Receiver;
  /// Receiver can be named in the other methods of the launch method's type
  /// too: it is no local of the launch method.
  bool IsKept = false;
};

/// The object of type \p Owner that \p C, made in \p At, is sent to, as an
/// expression that can be used again; "" if it is sent to none.
std::string objectCalled(FunctionSource &Functions, const Call &C,
                         FunctionRef At, llvm::StringRef Owner);

/// The initialisers of SwiftUI's App types in \p Files. They run before the
/// app has launched, as launch methods do (developer.apple.com/documentation/
/// swiftui/app/main()).
std::vector<FunctionRef>
appInitializers(const std::vector<const File *> &Files);

/// Finds the place for an object of type \p Owner: in the app delegate itself,
/// or behind the statement of its launch method that calls \p Owner's object.
/// None when no launch method is in sight, or it never names the object. Of
/// several app delegates the one that lies nearest to \p Path, the file of
/// \p Owner's handler, comes first. \p More are asked where no app delegate
/// names the object; they keep nothing for its methods.
std::optional<LaunchPlace> launchPlace(FunctionSource &Functions,
                                       llvm::StringRef Owner,
                                       llvm::StringRef Path = "",
                                       llvm::ArrayRef<FunctionRef> More = {});

/// As launchPlace, for a call from another method of the app delegate: it is
/// enough that one of them names \p Owner's object. The place is none to call
/// it at launch.
std::optional<LaunchPlace> namedByDelegate(FunctionSource &Functions,
                                           llvm::StringRef Owner,
                                           llvm::StringRef Path);

/// The statement of a launch method that makes or calls \p Owner's object on
/// some launches only, inside a branch; the statement is null if there is none.
std::pair<FunctionRef, const Step *> madeInABranch(FunctionSource &Functions,
                                                   llvm::StringRef Owner);

/// The method of the app delegate \p Delegate, or of a type that it inherits
/// from, that takes silent pushes; null when there is none.
const Function *silentPushMethod(FunctionSource &Functions,
                                 llvm::StringRef Delegate);

} // namespace ringfence

#endif
