//===-- SharedData.h - what an extension would have to reach -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PLAN_SHAREDDATA_H
#define RINGFENCE_TOOL_PLAN_SHAREDDATA_H

#include "tool/plan/HandlerWork.h"
#include "tool/plan/MigrationPlan.h"
#include "tool/plan/ProjectFacts.h"

namespace ringfence {

/// Data and objects that the work of \p H for the extension touches, itself or
/// through the project's functions that it calls, and whether the extension
/// can reach them, as far as the code tells.
std::vector<SharedItem> sharedData(Project &P, const JudgedHandler &H,
                                   const std::vector<WorkItem> &Items,
                                   const ProjectFacts &Facts);

} // namespace ringfence

#endif
