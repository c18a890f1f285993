//===-- PayloadKeys.h - what code reads from the push -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PLAN_PAYLOADKEYS_H
#define RINGFENCE_TOOL_PLAN_PAYLOADKEYS_H

#include "tool/plan/HandlerWork.h"
#include "tool/plan/MigrationPlan.h"
#include <map>
#include <string>
#include <vector>

namespace ringfence {

/// The keys that \p H's own text reads for each destination: those of the arms
/// whose work goes there, and those that decide between arms. In source order.
std::map<Destination, std::vector<PayloadKey>>
payloadKeys(const JudgedHandler &H, const std::vector<WorkItem> &Items);

} // namespace ringfence

#endif
