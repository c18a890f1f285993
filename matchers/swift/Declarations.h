//===-- Declarations.h - types, properties and functions of a Swift file -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_DECLARATIONS_H
#define RINGFENCE_MATCHERS_SWIFT_DECLARATIONS_H

#include "matchers/model/File.h"
#include "matchers/swift/Names.h"
#include "matchers/swift/Outline.h"
#include "matchers/swift/Syntax.h"
#include <set>

namespace ringfence::swift {

/// Fills a File from syntax trees: first everything that has a name, then the
/// bodies, which may use any of those names.
class Declarations {
public:
  /// \p Shape tells the owners of what the trees show outside of any type; it
  /// may be empty.
  Declarations(File &F, FileFacts &Facts, const Outline &Shape)
      : F(F), Facts(Facts), Shape(Shape) {}

  /// Notes the declarations of one tree, except for functions that begin or
  /// end where one that is already known does.
  void collect(Node Root);
  enum class Bodies { Lowered, LeftOut };
  /// Hands everything to the file. Call once, after the last collect.
  void finish(Bodies How);

private:
  File &F;
  FileFacts &Facts;
  const Outline &Shape;
  std::set<std::uint32_t> KnownBegins, KnownEnds;

  /// A function whose body is still to be lowered.
  struct Pending {
    Function Fn;
    Node Statements;
  };
  std::vector<Pending> Functions;

  /// A type or function that encloses what is being collected.
  struct Enclosing {
    Range Where;
    bool IsType = false;
    std::string Name, Isolation;
    std::size_t TypeIndex = 0; ///< into F.Types, of a type
  };
  std::vector<Enclosing> Stack;
  /// Isolation of the types declared in this file, for their extensions.
  llvm::StringMap<std::string> Isolations;

  std::string text(Node N) const { return Facts.Source.text(N.range()).str(); }
  const Enclosing *enclosingType() const;
  bool insideFunction() const;

  void import(Node N);
  void type(Node N);
  std::string ownerOf(Node N) const;
  void addLostTypes();
  void function(Node N);
  void subscript(Node N);
  void property(Node N);
  void accessors(Node Block, const Function &Pattern);
  void accessor(Node N, const Function &Pattern, Function::Kind K,
                llvm::StringRef Implied);
  void lazyInitializer(Node Value, const Function &Pattern);
  void modifiers(Node N, Function &Fn) const;
};

} // namespace ringfence::swift

#endif
