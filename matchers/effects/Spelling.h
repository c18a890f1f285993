//===-- Spelling.h - an API's name taken apart -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_EFFECTS_SPELLING_H
#define RINGFENCE_MATCHERS_EFFECTS_SPELLING_H

#include "matchers/model/Call.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>
#include <vector>

namespace ringfence::effects {

/// A spelling as Api describes it, taken apart for the look-up.
struct Spelling {
  enum class Kind { Function, Method, Init, Read, Write, Subscript, Any };
  struct Label {
    std::string Name; ///< "_" for none
    bool Optional = false;
  };

  Kind K = Kind::Method;
  bool Swift = true;
  bool OnType = false; ///< a class message
  /// The type that has the member, "" for a function. A nested Swift type
  /// keeps its dots.
  std::string Type;
  /// What Call::Name holds for it; a selector for Objective-C messages, the
  /// selector "setX:" for a property that is written.
  std::string Name;
  std::vector<Label> Labels; ///< Swift
  bool Rest = false;         ///< further arguments of any label may follow

  /// How many English words name and labels have: a measure of how unlikely
  /// it is that a project's own function is spelled the same.
  unsigned wordCount() const;
};

llvm::Expected<Spelling> parseSwift(llvm::StringRef Text);
/// Objective-C messages and C names.
llvm::Expected<Spelling> parseObjC(llvm::StringRef Text);

/// The key under which the look-up finds \p C: its base name without module or
/// type in Swift, its selector in Objective-C.
std::string keyOf(const Call &C, bool Swift);

/// Whether a call, by its kind, name and labels alone, may be a spelling.
enum class LabelFit {
  No,
  Loose, ///< with arguments left out, or by "..." or "*"
  Exact,
};
/// A trailing closure stands for any label.
LabelFit fits(const Spelling &S, const Call &C);

/// "callProvider" → call, provider; "UNUserNotificationCenter" → un, user,
/// notification, center.
llvm::SmallVector<std::string, 6> wordsOf(llvm::StringRef Identifier);

} // namespace ringfence::effects

#endif
