//===-- ProviderAccess.h - how a handler reaches the CXProvider -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_PROVIDERACCESS_H
#define RINGFENCE_REWRITERS_CALLKIT_PROVIDERACCESS_H

#include "rewriters/Propose.h"
#include <optional>
#include <string>

namespace ringfence {

/// How code of a handler's type gets at the project's CXProvider: through a
/// type that owns it, reached by an expression that the project already has.
struct ProviderAccess {
  /// The file and the declaration (class body, extension or @implementation)
  /// in which a method may be written that uses Provider.
  const File *In = nullptr;
  const Type *Owner = nullptr;
  /// The provider inside such a method, without "self.": "provider",
  /// "Calls.provider"; in Objective-C as written there: "self.provider",
  /// "_provider". A placeholder if no expression was found.
  std::string Provider;
  bool IsMember = true;  ///< Provider is a member of self
  bool Optional = false; ///< Swift: its type is CXProvider?
  bool Placeholder = false;
  /// From the handler's type to the owner: "" if they are the same, else
  /// "CallManager.shared", "self.callManager", "[CallManager sharedManager]".
  std::string Reach;
  bool ReachOptional = false; ///< Swift: the owner itself is an optional
  /// Reach holds a "?" before its end: it may lead to nobody.
  bool ReachChained = false;

  bool onOwnType() const { return Reach.empty(); }
};

/// Code at \p Path is not the project's own, or no app runs it.
bool isForeign(llvm::StringRef Path);

/// Finds the provider for the handler \p H. None if the project has neither a
/// CXProvider nor any report: such an app has no use for a call.
std::optional<ProviderAccess> findProvider(const ProposeInput &In,
                                           const JudgedHandler &H);

} // namespace ringfence

#endif
