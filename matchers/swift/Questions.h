//===-- Questions.h - the questions that the rule is about, by their spelling -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_QUESTIONS_H
#define RINGFENCE_MATCHERS_SWIFT_QUESTIONS_H

#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>

namespace ringfence::swift {

/// The push type that ".voIP", "PKPushType.voIP", "PKPushTypeVoIP" or a
/// rawValue of one of them names; "" for anything else.
llvm::StringRef pushTypeName(llvm::StringRef Written);

/// "active" for ".active", "UIApplication.State.active" and the spellings of
/// Swift 2; "" for anything else.
std::string appStateName(llvm::StringRef Written);

/// Whether \p Written reads the version of the system, in any of the ways of
/// UIDevice, ProcessInfo and Foundation.
bool readsSystemVersion(llvm::StringRef Written);

/// Major and minor version that a literal, a string or one of Foundation's
/// NSFoundationVersionNumber_iOS_… constants stands for.
struct Version {
  int Major = 0, Minor = 0;
};
std::optional<Version> versionIn(llvm::StringRef Written);

} // namespace ringfence::swift

#endif
