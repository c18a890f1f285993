//===-- NameKind.h - what an undeclared name must be -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_NAMEKIND_H
#define RINGFENCE_MATCHERS_OBJC_NAMEKIND_H

#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include <cstddef>

namespace ringfence::objc {

/// What a name that no header declares has to be, to make its line parse.
enum class NameKind {
  None,           ///< leave it undeclared
  Class,          ///< an Objective-C class
  ObjectType,     ///< a typedef of a pointer to a class
  BlockType,      ///< a typedef of a block
  NumberType,     ///< a typedef of an integer
  AnyType,        ///< a typedef of a type that everything converts to
  Variable,       ///< a variable or function
  ObjectVariable, ///< a variable that holds an object
  Number,         ///< an integer constant: the bound of an array
};

/// How the names of a text are used, wherever in it; found out once, at the
/// first question.
class NameUses {
public:
  /// \p Text has to outlive this.
  explicit NameUses(llvm::StringRef Text) : Text(Text) {}

  llvm::StringRef text() const { return Text; }
  /// "NAME(" stands somewhere.
  bool isCalled(llvm::StringRef Name);
  /// "switch (NAME" stands somewhere, "self." in front of it or not.
  bool isSwitchedOn(llvm::StringRef Name);

private:
  void collect();

  llvm::StringRef Text;
  llvm::StringSet<> Called, SwitchedOn;
  bool Collected = false;
};

/// Decides by the text around the use of a name at bytes [Begin, End) of the
/// text of \p Uses. \p InBody: the use stands inside a function, where a
/// declaration of any type will do. \p Cxx: the source is Objective-C++.
NameKind nameKind(NameUses &Uses, std::size_t Begin, std::size_t End,
                  bool InBody, bool Cxx = false);

/// The spelling has the looks of a class: "CallStore", not "kLimit" or
/// "MAX_AGE".
bool looksLikeType(llvm::StringRef Name);

/// Zero-argument class methods that by custom return an instance of their
/// class: sharedInstance, defaultCenter, mainQueue.
bool looksLikeSharedInstance(llvm::StringRef Selector);

/// Names that by custom are boolean: isActive, hasVideo, shouldReport.
bool looksLikeFlag(llvm::StringRef Name);

} // namespace ringfence::objc

#endif
