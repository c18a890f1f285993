//===-- DeclaredTypes.h - the types of locals and members -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_DECLAREDTYPES_H
#define RINGFENCE_REWRITERS_NOTIFICATION_SERVICE_DECLAREDTYPES_H

#include "rewriters/capture/Needs.h"
#include <string>

namespace ringfence {

/// Finds types as the project writes them down: in declarations, results of
/// its functions, casts and literals. Swift types keep their "?".
class DeclaredTypes {
public:
  DeclaredTypes(const ProposeInput &In, const Host &H) : In(In), H(H) {}

  /// The type of \p L where statements see it; "" if nothing says it.
  std::string of(const Local &L) const;
  /// The type of the property, or of the method without parameters, \p Member
  /// of \p Type; "" if the project does not define it.
  std::string member(llvm::StringRef Type, llvm::StringRef Member) const;

private:
  std::string ofValue(const Step &By, const Value &V) const;
  std::string ofBound(const Local &L) const;
  std::string named(const Step &By, llvm::StringRef Name) const;

  const ProposeInput &In;
  const Host &H;
};

} // namespace ringfence

#endif
