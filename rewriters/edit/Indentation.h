//===-- Indentation.h - moves blocks of text to another indentation -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_INDENTATION_H
#define RINGFENCE_REWRITERS_EDIT_INDENTATION_H

#include "matchers/model/SourceFile.h"
#include "llvm/ADT/StringRef.h"
#include <string>

namespace ringfence {

/// What one level of indentation is in \p Source: a tab, or the number of
/// spaces by which its lines most often go in. Four spaces if nothing shows it.
std::string indentUnit(const SourceFile &Source);

/// \p Block with the indentation \p From of its lines replaced by \p To. The
/// first line gets \p To whether or not it begins with \p From (a block often
/// starts at its first token). Blank lines stay as they are, line ends too;
/// lines that continue a string by a backslash are left alone; a line that is
/// indented less than \p From loses what it has. Tabs count four columns
/// where the two do not match byte by byte.
std::string reindented(llvm::StringRef Block, llvm::StringRef From,
                       llvm::StringRef To);

/// Lays out lines written in template form: "\n" ends a line and each tab at
/// a line's head is one level. Every line that is not blank gets \p Base, then
/// its levels as \p Unit; lines end in \p LineEnding.
std::string laidOut(llvm::StringRef Template, llvm::StringRef Base,
                    llvm::StringRef Unit, llvm::StringRef LineEnding);

} // namespace ringfence

#endif
