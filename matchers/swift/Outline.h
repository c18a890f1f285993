//===-- Outline.h - the shape of Swift source by its braces alone -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Works on any bytes, also where no grammar does: strings and comments are
/// blanked, and what remains is divided by its braces.
///
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_SWIFT_OUTLINE_H
#define RINGFENCE_MATCHERS_SWIFT_OUTLINE_H

#include "matchers/model/Range.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace ringfence::swift {

/// \p Bytes with comments and what stands between quotes (interpolations
/// included) replaced by blanks. Same length; line ends stay.
std::string codeOnly(llvm::StringRef Bytes);

struct Outline {
  /// Between a type's (or a switch's) braces, with them.
  struct TypeBody {
    Range Where;
    Range Head;       ///< from "class" or the like to the brace
    std::string Name; ///< "" for a switch
  };
  struct FunctionPart {
    Range Where;       ///< from its first modifier to its closing brace
    Range Body;        ///< with its braces
    std::string Owner; ///< the innermost type, "" if none
    std::string Name;
  };
  std::vector<TypeBody> Types;
  std::vector<FunctionPart> Functions; ///< those directly in a type or file
  /// "#if", "#elseif", "#else" and "#endif" lines that stand between a type's
  /// members or a switch's cases, where the grammar has no place for them.
  std::vector<Range> MemberDirectives;
  /// Likewise, inside a function's statements.
  std::vector<Range> StatementDirectives;
  /// The ";" that stand between a type's members.
  std::vector<std::uint32_t> MemberSemicolons;
};

/// The outline of \p Code, as codeOnly returns it.
Outline outlineOf(llvm::StringRef Code);

/// What of \p Size bytes lies outside the braces of the functions of \p O, in
/// order, braces included: enough to see what is declared. Functions that
/// declare types are whole, and so are subscripts.
std::vector<Range> outsideBodies(const Outline &O, std::size_t Size);

} // namespace ringfence::swift

#endif
