//===-- FunctionSource.h - finds the functions that a call may reach -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_FUNCTIONSOURCE_H
#define RINGFENCE_MATCHERS_MODEL_FUNCTIONSOURCE_H

#include "matchers/model/File.h"
#include <vector>

namespace ringfence {

/// A function and the file that it stands in. Both live as long as the
/// FunctionSource that handed them out.
struct FunctionRef {
  const File *In = nullptr;
  const Function *Fn = nullptr;
  explicit operator bool() const { return Fn != nullptr; }
  friend bool operator==(const FunctionRef &, const FunctionRef &) = default;
};

/// How matchers/flow gets at the project's other functions without knowing a
/// reader. The pipeline implements it over both readers.
class FunctionSource {
public:
  virtual ~FunctionSource();

  /// The project's functions that \p C, made inside \p Caller, may run: best
  /// first; several where the receiver's type leaves it open (protocol,
  /// overloads). Empty when the project defines none.
  virtual std::vector<FunctionRef> callees(const Call &C,
                                           FunctionRef Caller) = 0;

  /// Members of type \p Name with \p Member as base name or selector, its
  /// extensions, categories and superclasses included: accessors, observers,
  /// functions named by a selector.
  virtual std::vector<FunctionRef> members(llvm::StringRef Type,
                                           llvm::StringRef Member) = 0;

  /// All declarations of the type: the class, its extensions and categories.
  struct TypeRef {
    const File *In = nullptr;
    const Type *T = nullptr;
  };
  virtual std::vector<TypeRef> types(llvm::StringRef Name) = 0;

  /// Code of the project that was put where \p C, made inside \p Caller, calls
  /// it from: closures assigned to a property of the caller's type, in that
  /// type's files. Each is a function without a name.
  virtual std::vector<FunctionRef> stored(const Call &C, FunctionRef Caller);

  /// Code of the project that runs before a post of notification \p Name (the
  /// argument as written) returns: methods added as observers, and closures
  /// added for no queue.
  virtual std::vector<FunctionRef> observers(llvm::StringRef Name);

  /// The project's functions with this base name (Swift) or selector
  /// (Objective-C), whatever type they belong to.
  virtual std::vector<FunctionRef> named(llvm::StringRef Name) = 0;
};

} // namespace ringfence

#endif
