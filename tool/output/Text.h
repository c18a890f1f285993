//===-- Text.h - findings for people -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_TEXT_H
#define RINGFENCE_TOOL_OUTPUT_TEXT_H

#include "tool/pipeline/Analysis.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes the findings as Clang does: position, severity, message and check,
/// the source line, a caret, and the path in notes. Colours are used if \p OS
/// has them enabled.
void printText(llvm::raw_ostream &OS, const Analysis &A);

} // namespace ringfence

#endif
