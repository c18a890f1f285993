//===-- Names.h - what the names of a Swift file stand for -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_NAMES_H
#define RINGFENCE_MATCHERS_SWIFT_NAMES_H

#include "matchers/model/File.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include <memory>
#include <optional>

namespace ringfence::swift {

/// What a whole file says about its names; complete before any body is
/// lowered, so that a body may use what stands further down.
struct FileFacts {
  const SourceFile &Source;
  /// Types of properties and results of functions, by owner and name; owner ""
  /// for those outside any type. Extensions add to their type.
  llvm::StringMap<llvm::StringMap<std::string>> PropertyTypes, ReturnTypes;
  std::vector<Range> Comments;             ///< in source order
  std::vector<std::uint32_t> HiddenAwaits; ///< offsets of "await", see Masking

  /// Type of member \p Name of \p Owner, "" if this file does not say.
  llvm::StringRef propertyType(llvm::StringRef Owner,
                               llvm::StringRef Name) const;
  llvm::StringRef returnType(llvm::StringRef Owner, llvm::StringRef Name) const;
  bool hasFunction(llvm::StringRef Owner, llvm::StringRef Name) const;
  bool hasProperty(llvm::StringRef Owner, llvm::StringRef Name) const;
};

/// A type as written, reduced to the name that members are looked up by:
/// "any CallService?" becomes "CallService", "[Int]" stays.
std::string bareType(llvm::StringRef Written);

/// Whether a type as written is a closure's: "(() -> Void)?".
bool isClosureType(llvm::StringRef Written);

/// Whether \p Name reads as a type's (or a global constant's of old): it
/// begins with a capital.
bool looksLikeType(llvm::StringRef Name);

/// Whether "Type.Name" is by convention an instance of Type: shared, main …
bool isSingletonName(llvm::StringRef Name);

/// A parameter or local of the function being lowered.
struct Binding {
  std::string Name;
  bool IsParameter = false;
  bool IsFunction = false; ///< a local function
  std::string Type;        ///< as bareType makes it, "" if unknown
  bool IsClosure = false;
  std::string Init; ///< the initialiser as written
  /// What a constant stands for where its initialiser is a question:
  /// "let isCall = type == .voIP".
  std::shared_ptr<const Condition> Means;
};

/// The parameters and locals that are visible, innermost last.
class Scope {
public:
  void add(Binding B) { Bindings.push_back(std::move(B)); }
  const Binding *find(llvm::StringRef Name) const;

  /// Forgets, when it goes, what was added since it came.
  class Block {
  public:
    explicit Block(Scope &S) : S(S), Size(S.Bindings.size()) {}
    ~Block() { S.Bindings.resize(Size); }
    Block(const Block &) = delete;
    Block &operator=(const Block &) = delete;

  private:
    Scope &S;
    std::size_t Size;
  };

private:
  std::vector<Binding> Bindings;
};

} // namespace ringfence::swift

#endif
