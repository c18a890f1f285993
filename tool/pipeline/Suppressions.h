//===-- Suppressions.h - NOLINT comments -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_SUPPRESSIONS_H
#define RINGFENCE_TOOL_PIPELINE_SUPPRESSIONS_H

#include "tool/pipeline/Analysis.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <string>
#include <vector>

namespace ringfence {

/// Id of the note about a suppression that suppresses nothing.
inline constexpr llvm::StringLiteral UnusedSuppression =
    "ringfence-unused-suppression";

/// One NOLINT comment, in clang-tidy's forms, in either language.
struct NolintMark {
  enum class Kind { Line, NextLine, Begin, End };
  Kind K = Kind::Line;
  Range Where;       ///< "NOLINT…(…)" itself
  std::string Globs; ///< between the parentheses; "" for all checks
};

/// The marks in comments of \p Source, in order.
std::vector<NolintMark> nolintMarks(const SourceFile &Source);

/// Takes the findings that a comment suppresses out of \p Findings, and
/// returns them. Comments of \p Files that name a check of ringfence which
/// \p Enabled lets run and that suppress nothing are added to \p Findings as
/// notes.
std::vector<Suppressed>
applySuppressions(std::vector<Finding> &Findings,
                  const std::vector<const File *> &Files,
                  llvm::function_ref<bool(llvm::StringRef)> Enabled);

} // namespace ringfence

#endif
