//===-- Hiding.h - findings that are known -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_HIDING_H
#define RINGFENCE_TOOL_PIPELINE_HIDING_H

#include "tool/pipeline/Analysis.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ringfence {

/// Moves the findings of \p A for which \p Reason returns a text from Findings
/// to Hidden, as \p Kind and in their order. \p Sets, made for \p A, lose those
/// that close nothing else, and know the rest by its new place.
void hideFindings(
    Analysis &A, std::vector<FixSet> &Sets, Suppressed::Kind Kind,
    llvm::function_ref<std::optional<std::string>(const Finding &)> Reason);

} // namespace ringfence

#endif
