//===-- PlanMarkdown.h - the plan for people -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_PLANMARKDOWN_H
#define RINGFENCE_TOOL_OUTPUT_PLANMARKDOWN_H

#include "tool/plan/MigrationPlan.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes \p Plan as one Markdown document (CommonMark with tables).
void printPlanMarkdown(llvm::raw_ostream &OS, const MigrationPlan &Plan);

} // namespace ringfence

#endif
