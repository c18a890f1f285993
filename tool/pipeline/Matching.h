//===-- Matching.h - how well a function fits a call -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_MATCHING_H
#define RINGFENCE_TOOL_PIPELINE_MATCHING_H

#include "matchers/model/Call.h"
#include "matchers/model/File.h"

namespace ringfence {

/// How well a function fits a call by name and labels alone.
enum class Fit {
  None,
  Loose, ///< with parameters left to their defaults, or by the import rules
  Exact,
};

/// \p C is written in \p CallIn, \p F defined in \p DefinedIn; the two
/// languages' rules for one function's two names are applied where they
/// differ.
Fit fits(const Call &C, Language CallIn, const Function &F, Language DefinedIn);

} // namespace ringfence

#endif
