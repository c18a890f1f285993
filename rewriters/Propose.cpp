//===-- Propose.cpp - findings become fix sets --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/Propose.h"
#include "rewriters/Fix.h"
#include "rewriters/apns/RegisterForAlerts.h"
#include "rewriters/background_task/CleanUpUpkeep.h"
#include "rewriters/background_task/MoveToBackgroundTask.h"
#include "rewriters/callkit/ReportAndEnd.h"
#include "rewriters/callkit/ReportFirst.h"
#include "rewriters/callkit/ReportNow.h"
#include "rewriters/notification_service/CleanUpHandedOver.h"
#include "rewriters/notification_service/CleanUpMessages.h"
#include "rewriters/notification_service/HandOverCalls.h"
#include "rewriters/notification_service/MoveToNotificationService.h"
#include "rewriters/pushkit/CallCompletion.h"
#include "rewriters/pushkit/LeavePushKit.h"
#include "rewriters/pushkit/ModernHandler.h"
#include "rewriters/pushkit/SharedHandler.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>
#include <map>

using namespace ringfence;

ProjectFiles::~ProjectFiles() = default;

const xcode::TargetList &ProjectFiles::targets() {
  static const xcode::TargetList None;
  return None;
}

static constexpr MigrationStep InReport[] = {MigrationStep::Report};
static constexpr MigrationStep InExtensionAndMove[] = {MigrationStep::Extension,
                                                       MigrationStep::Move};
static constexpr MigrationStep InExtensionMoveAndCleanUp[] = {
    MigrationStep::Extension, MigrationStep::Move, MigrationStep::CleanUp};
static constexpr MigrationStep InTokens[] = {MigrationStep::Tokens};
static constexpr MigrationStep InMove[] = {MigrationStep::Move};
static constexpr MigrationStep InCleanUp[] = {MigrationStep::CleanUp};

/// An app that reports no calls gets such a set by leave-pushkit. What no
/// extension can show, a silent push can lead to.
static std::optional<FixSet> moveMessages(const FixRequest &R) {
  if (R.isToLeave() || tellsByContent(R))
    return std::nullopt;
  std::optional<FixSet> Set = moveToNotificationService(R);
  if (!Set && R.Step == MigrationStep::Move && R.HandlerIndex >= 0 &&
      !isFilledByService(R))
    Set = shareMessages(R);
  return Set;
}

/// Upkeep that goes helps an app without calls to leave PushKit, too, unless
/// its handler goes as a whole.
static std::optional<FixSet> moveUpkeep(const FixRequest &R) {
  if (leavesAsAWhole(R))
    return std::nullopt;
  std::optional<FixSet> Set = moveToBackgroundTask(R);
  if (Set)
    llvm::append_range(Set->Findings, R.others("ringfence-push-without-calls"));
  return Set;
}

/// An app without calls loses its handler as a whole.
template <std::optional<FixSet> (*Make)(const FixRequest &)>
static std::optional<FixSet> withoutLeaving(const FixRequest &R) {
  return R.isToLeave() ? std::nullopt : Make(R);
}

llvm::ArrayRef<Fix> ringfence::allFixes() {
  static const Fix Table[] = {
      {"report-now-update-later", "ringfence-late-report", InReport,
       reportNowUpdateLater, true},
      {"report-and-end", "ringfence-unreported-path", InReport, reportAndEnd,
       true},
      {"adopt-metadata", "ringfence-state-guard", InReport, adoptMetadata,
       true},
      {"report-existing", "ringfence-state-guard", InReport, reportExisting,
       true},
      {"report-first", "ringfence-work-before-report", InReport, reportFirst,
       false, Applicability::Safe},
      {"modern-handler", "ringfence-legacy-handler", InReport, modernHandler},
      {"call-completion", "ringfence-completion-not-called", InReport,
       callCompletion},
      {"leave-pushkit", "ringfence-push-without-calls", InTokens,
       registerForAlerts, true},
      {"leave-pushkit", "ringfence-push-without-calls",
       InExtensionMoveAndCleanUp, leavePushKit, true},
      {"move-to-notification-service", "ringfence-message-work", InTokens,
       registerForAlerts, true},
      {"hand-over-calls", "ringfence-message-work", InExtensionAndMove,
       handOverCalls, true},
      {"move-to-notification-service", "ringfence-message-work",
       InExtensionAndMove, moveMessages, true},
      {"move-to-background-task", "ringfence-background-work", InMove,
       moveUpkeep, true},
      {"hand-over-calls", "ringfence-message-work", InCleanUp,
       withoutLeaving<cleanUpHandedOver>},
      {"move-to-notification-service", "ringfence-message-work", InCleanUp,
       withoutLeaving<cleanUpMessages>},
      {"move-to-background-task", "ringfence-background-work", InCleanUp,
       withoutLeaving<cleanUpUpkeep>},
  };
  return Table;
}

/// Where the set begins, for sorting: its first edit in the handler's file.
static std::pair<std::string, std::uint32_t> placeOf(const FixSet &S) {
  if (S.Edits.empty())
    return {S.NewFiles.empty() ? "" : S.NewFiles.front().Path, 0};
  return {S.Edits.front().File, S.Edits.front().Offset};
}

/// Whether \p F takes what an earlier step has left: by then there are no
/// findings, and each handler is asked.
static bool asksEachHandler(const Fix &F, MigrationStep Step) {
  return Step == MigrationStep::CleanUp &&
         llvm::StringRef(F.Id).starts_with("move-");
}

static std::vector<FixSet> proposeSets(const ProposeInput &In,
                                       MigrationStep Step,
                                       std::vector<Problem> *Refused) {
  std::vector<std::pair<std::pair<std::string, std::uint32_t>, FixSet>> Sets;
  for (const Fix &F : allFixes()) {
    if (!llvm::is_contained(F.Steps, Step))
      continue;
    std::map<int, std::vector<unsigned>> ByHandler;
    for (unsigned I = 0; I < In.Findings.size(); ++I)
      if (In.Findings[I].Check == F.Check)
        ByHandler[In.Findings[I].HandlerIndex].push_back(I);
    if (asksEachHandler(F, Step))
      for (unsigned I = 0; I != In.Handlers.size(); ++I)
        ByHandler.try_emplace(static_cast<int>(I));
    for (auto &[Handler, Findings] : ByHandler) {
      FixRequest Request{In, Step, Handler, std::move(Findings), Refused};
      std::optional<FixSet> Set = F.Make(Request);
      if (!Set)
        continue;
      Set->Fix = F.Id;
      Set->Step = Step;
      std::string Symbol;
      auto Place = placeOf(*Set);
      if (Handler >= 0) {
        const JudgedHandler &H = Request.handler();
        Symbol = H.function().Symbol;
        Place = {H.In->Source->path().str(), H.function().Where.Begin};
      }
      Set->Id = stableId(*Set, Symbol);
      Sets.emplace_back(std::move(Place), std::move(*Set));
    }
  }
  // Fixes of one handler keep the table's order.
  std::stable_sort(Sets.begin(), Sets.end(), [](const auto &A, const auto &B) {
    return A.first < B.first;
  });
  std::vector<FixSet> Out;
  Out.reserve(Sets.size());
  for (auto &Entry : Sets)
    Out.push_back(std::move(Entry.second));
  return Out;
}

std::vector<FixSet> ringfence::propose(const ProposeInput &In,
                                       MigrationStep Step) {
  return proposeSets(In, Step, nullptr);
}

std::vector<Problem> ringfence::refusals(const ProposeInput &In,
                                         MigrationStep Step) {
  std::vector<Problem> Refused;
  proposeSets(In, Step, &Refused);
  return Refused;
}
