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
#include "llvm/ADT/ArrayRef.h"

namespace ringfence::effects {

/// A YAML text and what to call it in errors.
struct RowText {
  llvm::StringRef Name;
  llvm::StringRef Yaml;
};

/// Reads a sequence of rows; a row with several spellings yields an Api for
/// each. Errors read "NAME:LINE:COLUMN: what is wrong".
llvm::Expected<std::vector<Api>> parseRows(RowText Text);

/// What a type's name or the names of its variables tell.
struct ReceiverRow {
  std::string Type, Is;
  std::vector<std::string> Named;
};
llvm::Expected<std::vector<ReceiverRow>> parseReceivers(RowText Text);

/// An Api as the build embeds it (cmake/catalogue/EmbedRows.cpp).
struct PackedRow {
  const char *Swift, *ObjC;
  Effect E;
  Destination D;
  Runs ClosuresRun;
  Api::InExtension Extension;
  bool Reports, Blocks, IsAsync, NoReturn, Keyword;
  int ByName;            ///< -1 where the row does not say
  const char *CallsBack; ///< a line each
  const char *Note, *Source;

  Api unpacked() const;
};

/// A ReceiverRow as the build embeds it.
struct PackedReceiver {
  const char *Type, *Is;
  const char *Named; ///< a line each
};

/// The files of matchers/effects/catalogue, in the order of their names.
llvm::ArrayRef<PackedRow> builtinRows();
/// receivers.yaml.
llvm::ArrayRef<PackedReceiver> builtinReceivers();

/// The lines of \p Text; none if it is empty.
std::vector<std::string> linesOf(llvm::StringRef Text);

} // namespace ringfence::effects

#endif
