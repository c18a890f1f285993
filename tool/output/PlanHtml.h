//===-- PlanHtml.h - the plan as a page -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_PLANHTML_H
#define RINGFENCE_TOOL_OUTPUT_PLANHTML_H

#include "tool/plan/MigrationPlan.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes \p Plan as one self-contained page: it loads nothing and is complete
/// without scripts.
void printPlanHtml(llvm::raw_ostream &OS, const MigrationPlan &Plan,
                   llvm::StringRef Version);

/// Draws \p Rows as an inline SVG of one line a row; \p Label says what it is.
void printPathSvg(llvm::raw_ostream &OS, llvm::ArrayRef<PathRow> Rows,
                  llvm::StringRef Label);

/// Writes what \p Change does to \p Path as a table, before and after side by
/// side, unchanged lines around the changed ones only; a new file whole.
void printSideBySide(llvm::raw_ostream &OS, llvm::StringRef Path,
                     const FileChange &Change);

} // namespace ringfence

#endif
