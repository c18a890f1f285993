//===-- PlanJson.h - the plan for programs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_PLANJSON_H
#define RINGFENCE_TOOL_OUTPUT_PLANJSON_H

#include "tool/plan/MigrationPlan.h"
#include "llvm/Support/raw_ostream.h"

namespace ringfence {

/// Writes \p Plan as docs/plan.schema.json describes. Bytes of sources that are
/// not UTF-8 become U+FFFD.
void printPlanJson(llvm::raw_ostream &OS, const MigrationPlan &Plan,
                   llvm::StringRef Version);

} // namespace ringfence

#endif
