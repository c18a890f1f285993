//===-- TeamWork.h - what no rewriting does -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PLAN_TEAMWORK_H
#define RINGFENCE_TOOL_PLAN_TEAMWORK_H

#include "tool/plan/MigrationPlan.h"
#include "tool/plan/ProjectFacts.h"

namespace ringfence {

/// What the handlers of a plan come to, for the parts that they share.
struct PlanNeeds {
  bool Calls = false;      ///< some handler reports calls
  bool Messages = false;   ///< work goes to a notification service
  bool Silent = false;     ///< work goes to a silent push
  bool AllSilent = false;  ///< silent pushes do all that VoIP pushes did
  bool Leaves = false;     ///< the app reports no calls
  bool Tasks = false;      ///< work goes to a background task
  bool Hides = false;      ///< a notification depends on more than the push
  bool HandsOver = false;  ///< the extension tells calls from messages
  bool CollapseId = false; ///< the generated code names it
  bool Keychain = false;
  bool Database = false;
  bool IsSwift = true; ///< language of the first handler
};
PlanNeeds needsOf(const MigrationPlan &Plan);

/// The pushes that the server is to send.
std::vector<PushKind> pushKinds(const MigrationPlan &Plan,
                                const PlanNeeds &Needs);

/// Tokens, entitlements, steps in Xcode, tests on a device, risks, sources: the
/// sections that apply, in this order. Nothing if there is nothing to do.
std::vector<PlanSection> teamSections(const MigrationPlan &Plan,
                                      const PlanNeeds &Needs,
                                      const ProjectFacts &Facts);

} // namespace ringfence

#endif
