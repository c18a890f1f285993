//===-- PathPicture.h - the paths of a handler, line by line -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PLAN_PATHPICTURE_H
#define RINGFENCE_TOOL_PLAN_PATHPICTURE_H

#include "tool/plan/HandlerWork.h"
#include "tool/plan/MigrationPlan.h"

namespace ringfence {

/// The rows of the picture of \p H: its branches as far as they lead to a
/// report, to work or out of the method. A helper is opened where a path leaves
/// without a report in it.
std::vector<PathRow> pathPicture(const JudgedHandler &H,
                                 const std::vector<WorkItem> &Items);

} // namespace ringfence

#endif
