//===-- SetChooser.h - asks which fix sets to take -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_SETCHOOSER_H
#define RINGFENCE_TOOL_COMMANDS_SETCHOOSER_H

#include "tool/pipeline/FixPlan.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>

namespace ringfence {

/// Shows fix sets one by one and takes an answer for each, with the letters of
/// `git add --patch`.
class SetChooser {
public:
  /// Shows and asks on \p Out, reads the answers from \p In, a line each. The
  /// end of the input stands for "q".
  SetChooser(std::FILE *In, llvm::raw_ostream &Out) : In(In), Out(Out) {}

  /// Whether \p Set is to be applied.
  bool accepts(const PlannedSet &Set);

private:
  enum class Rest { Ask, Take, Leave };
  std::FILE *In;
  llvm::raw_ostream &Out;
  Rest AllElse = Rest::Ask;
};

} // namespace ringfence

#endif
