//===-- Rows.h - the catalogue's file format -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_EFFECTS_ROWS_H
#define RINGFENCE_MATCHERS_EFFECTS_ROWS_H

#include "matchers/effects/Catalogue.h"
#include "matchers/effects/Receiver.h"
#include "llvm/ADT/ArrayRef.h"

namespace ringfence::effects {

/// A YAML text of rows and what to call it in errors.
struct RowText {
  llvm::StringRef Name;
  llvm::StringRef Yaml;
};

/// The texts that are built into the program: one for each file of
/// matchers/effects/catalogue, in the order of their names.
llvm::ArrayRef<RowText> builtinRows();
/// receivers.yaml: what variables and supertypes tell of a type.
RowText builtinReceivers();

/// Reads a sequence of rows; a row with several spellings yields an Api for
/// each. Errors read "NAME:LINE:COLUMN: what is wrong".
llvm::Expected<std::vector<Api>> parseRows(RowText Text);

llvm::Error parseReceivers(RowText Text, TypeFacts &Facts);

} // namespace ringfence::effects

#endif
