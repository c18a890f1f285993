//===-- Receiver.h - of which type a receiver is -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_EFFECTS_RECEIVER_H
#define RINGFENCE_MATCHERS_EFFECTS_RECEIVER_H

#include "matchers/model/Call.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ringfence::effects {

/// How well a receiver answers to a type, worst first.
enum class Fit {
  No,    ///< known to be something else
  Open,  ///< nothing is known
  Named, ///< a variable whose name says so ("callProvider")
  Made,  ///< an expression that makes or fetches one ("X.shared", "X()")
  Typed, ///< its declared type
};

/// What the catalogue knows of types beside their members.
struct TypeFacts {
  /// Type → its supertype in the SDK, by the names of either language.
  llvm::StringMap<std::string> Super;
  /// Type → further names that variables of it carry.
  llvm::StringMap<std::vector<std::string>> Variables;
  /// Types that some row has members of, normalised.
  llvm::StringMap<bool> Known;
};

/// \p Type without pointers, optionals, generic arguments, module and the
/// Foundation prefix that Swift dropped: "Foundation.NSURLSession *" →
/// "URLSession".
std::string normalType(llvm::StringRef Type);

/// A receiver as written and typed, taken apart once per call.
class Receiver {
public:
  explicit Receiver(const Call &C);
  /// How well it answers to a row's type (normalised).
  Fit fit(llvm::StringRef Type, const TypeFacts &Facts) const;
  bool absent() const { return Absent; }
  /// Whether its type is \p Type itself.
  bool names(llvm::StringRef Type) const {
    return !Type.empty() && (Declared == Type || Made == Type);
  }

  /// Whether its variable is called after all of \p Type ("logger").
  bool spells(llvm::StringRef Type) const;

private:
  bool Absent = false;
  bool IsType = false;  ///< a type's name, not a value
  std::string Declared; ///< normalised, "" if not known
  std::string Made;     ///< type whose singleton, factory or init it is
  llvm::SmallVector<std::string, 6> Variable; ///< words of its last name
  std::string VariableName;
};

} // namespace ringfence::effects

#endif
