//===-- TypeNames.h - types as they are written -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_TYPENAMES_H
#define RINGFENCE_REWRITERS_CALLKIT_TYPENAMES_H

#include "matchers/model/File.h"
#include "matchers/model/FunctionSource.h"
#include "llvm/ADT/StringRef.h"
#include <vector>

namespace ringfence {

/// The class or struct that \p Written names: "CallManager" of "CallManager?",
/// "nullable CallManager *" or "weak var …: CallManager!". "" for tuples,
/// functions and what has no name.
llvm::StringRef plainType(llvm::StringRef Written);

/// True if \p Written names \p Type as a word of its own.
bool namesType(llvm::StringRef Written, llvm::StringRef Type);

/// The type of \p P: as written, or what its initialiser makes
/// ("CallManager" of "CallManager()" and "CallManager.shared").
llvm::StringRef typeOf(const Property &P);

/// All declarations of \p Name: those that \p Functions knows, and those of
/// \p Near, which it may not have been told of.
std::vector<FunctionSource::TypeRef> declarationsOf(llvm::StringRef Name,
                                                    const File &Near,
                                                    FunctionSource &Functions);

/// \p Name and its superclasses that the project defines, nearest first.
std::vector<std::string> lineageOf(llvm::StringRef Name, const File &Near,
                                   FunctionSource &Functions);

/// The declaration of \p Owner in \p In whose braces hold byte \p Offset.
const Type *typeAround(const File &In, llvm::StringRef Owner,
                       std::uint32_t Offset);

} // namespace ringfence

#endif
