//===-- PlanWords.h - what plans say in every format -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_OUTPUT_PLANWORDS_H
#define RINGFENCE_TOOL_OUTPUT_PLANWORDS_H

#include "tool/plan/MigrationPlan.h"

namespace ringfence {

/// "reports a call on some paths only".
llvm::StringRef planVerdict(const HandlerPlan &H);

/// What the step is for and when it may ship, in a sentence or two.
llvm::StringRef stepPurpose(MigrationStep S);

/// What the plan comes to, one sentence an item.
std::vector<std::string> planSummary(const MigrationPlan &Plan);

/// "App/Push.swift:17", with the line of the handler where that differs.
std::string placeOf(const PlannedWork &W);

/// How a fix's applicability reads: "compiles; a person has to look at …".
llvm::StringRef planLevel(Applicability A);

} // namespace ringfence

#endif
