//===-- HandlerWork.h - what a handler does, item by item -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PLAN_HANDLERWORK_H
#define RINGFENCE_TOOL_PLAN_HANDLERWORK_H

#include "matchers/checks/Finding.h"
#include <string>
#include <vector>

namespace ringfence {

/// Works of a verdict that a team would name as one thing.
struct WorkItem {
  Place At;        ///< all of it
  Place HandlerAt; ///< as in Work
  std::string What;
  Effect E = Effect::Unknown;
  Destination D = Destination::Unknown;
  std::string Reason;
  const Arm *InArm = nullptr;
  std::vector<unsigned> Steps; ///< into the verdict's Steps
};

/// The works of \p H in source order, without those that are no business of a
/// plan: logging, the completion handler, statements without effect. What
/// fills a notification is one item with its being shown.
std::vector<WorkItem> workItems(const JudgedHandler &H);

/// Whether \p W, one of the \p Items of \p H, is a report that runs after the
/// method has returned.
bool isLateReport(const JudgedHandler &H, const std::vector<WorkItem> &Items,
                  const WorkItem &W);

} // namespace ringfence

#endif
