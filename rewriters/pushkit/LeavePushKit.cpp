//===-- LeavePushKit.cpp - an app without calls leaves PushKit ------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/LeavePushKit.h"
#include "rewriters/background_task/MoveToBackgroundTask.h"
#include "rewriters/notification_service/MoveToNotificationService.h"
#include "rewriters/pushkit/SharedHandler.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

/// Upkeep of the handler goes, or went, to a background task.
static bool isUpkeepMoving(const FixRequest &R) {
  llvm::StringRef Owner = R.handler().function().Owner;
  for (llvm::StringRef Name : {"refreshInBackground", "refreshInBackground:"})
    if (!R.In.Functions.members(Owner, Name).empty())
      return true;
  FixRequest Upkeep{R.In, R.Step, R.HandlerIndex,
                    R.others("ringfence-background-work")};
  return !Upkeep.Findings.empty() && moveToBackgroundTask(Upkeep);
}

std::optional<FixSet> ringfence::leavePushKit(const FixRequest &R) {
  if (R.HandlerIndex < 0 || R.handler().IsDead)
    return std::nullopt;
  FixRequest Messages{R.In, R.Step, R.HandlerIndex,
                      R.others("ringfence-message-work")};
  if (!Messages.Findings.empty()) {
    if (std::optional<FixSet> Set = moveToNotificationService(Messages)) {
      llvm::append_range(Set->Findings, R.Findings);
      return Set;
    }
    // A notification service shows the same already.
    if (R.Step == MigrationStep::Move &&
        (isFilledByService(Messages) ||
         llvm::any_of(Messages.Findings, [&](unsigned I) {
           return R.In.Findings[I].S == Severity::Note;
         })))
      return std::nullopt;
  }
  if (R.Step != MigrationStep::Move || isUpkeepMoving(R) ||
      isHandlerShared(R.In, R.handler()))
    return std::nullopt;
  std::optional<FixSet> Set = shareHandler(R);
  if (Set)
    llvm::append_range(Set->Findings, Messages.Findings);
  return Set;
}
