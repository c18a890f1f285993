//===-- LeavePushKit.cpp - an app without calls leaves PushKit ------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/LeavePushKit.h"
#include "rewriters/apns/RegisterForAlerts.h"
#include "rewriters/apns/VoipTokenUse.h"
#include "rewriters/background_task/MoveToBackgroundTask.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "rewriters/notification_service/MoveToNotificationService.h"
#include "rewriters/pushkit/PushKitCode.h"
#include "rewriters/pushkit/SharedHandler.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "rewriters/xcode/PropertyList.h"
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

static bool asksFor13(const Condition &C) {
  return (C.K == Condition::Kind::OSVersion && C.Major == 13) ||
         llvm::any_of(C.Operands, asksFor13);
}

/// Whether the handler or a set-up of the registry goes by iOS 13.
static bool goesByVersion(const JudgedHandler &J) {
  bool Found = false;
  auto Look = [&](const Function &Fn) {
    for (const Step &S : Fn.Steps)
      forEachStep(S, [&](const Step &Inner) {
        for (const Arm &A : Inner.Arms)
          Found |= asksFor13(A.When);
      });
  };
  Look(J.function());
  for (const Registration &R : J.In->Registrations)
    for (const Function &Fn : J.In->Functions)
      if (Fn.Where.contains(R.Where))
        Look(Fn);
  return Found;
}

/// "12.4" is below 13.
static bool isBelow13(llvm::StringRef Target) {
  unsigned Major = 0;
  return !Target.split('.').first.getAsInteger(10, Major) && Major < 13;
}

/// Code other than the handler calls receivePush of its type.
static bool isSharedMethodCalled(const ProposeInput &In,
                                 const JudgedHandler &J) {
  for (const std::string &Path : In.Project.filesWith(SharedMethod)) {
    const File *F = In.Project.file(Path);
    if (!F)
      continue;
    for (const Function &Fn : F->Functions) {
      if (&Fn == &J.function())
        continue;
      bool Calls = false;
      for (const Step &S : Fn.Steps)
        forEachCall(S, [&](const Call &C) {
          Calls |= llvm::StringRef(C.Name).split(':').first == SharedMethod;
        });
      if (Calls)
        return true;
    }
  }
  return false;
}

/// Takes voip out of the app's background modes.
static void dropBackgroundMode(const ProposeInput &In, llvm::StringRef Path,
                               FixSet &Set) {
  std::vector<std::string> Plists =
      xcode::nearestFirst(In.Project.infoPlists(), Path);
  std::optional<std::string> Bytes;
  if (!Plists.empty())
    Bytes = In.Project.read(Plists.front());
  if (Bytes) {
    llvm::Expected<xcode::PropertyList> P =
        xcode::PropertyList::read(Plists.front(), *Bytes);
    if (P) {
      std::vector<Edit> Gone = P->remove("UIBackgroundModes", "voip");
      if (!Gone.empty()) {
        Set.Files[Plists.front()] = contentHash(*Bytes);
        llvm::append_range(Set.Edits, Gone);
      }
      return;
    } else {
      llvm::consumeError(P.takeError()); // said below
    }
  }
  Set.LeftToDo.push_back("Take voip out of the target's UIBackgroundModes.");
}

/// What has to be done before PushKit can go; "" if nothing has.
static std::string whyNotYet(const FixRequest &R) {
  const JudgedHandler &J = R.handler();
  FixRequest Messages{R.In, R.Step, R.HandlerIndex,
                      R.others("ringfence-message-work")};
  HandlerRest Rest = restOf(R.In, J);
  bool IsShown = !Messages.Findings.empty() &&
                 llvm::all_of(Messages.Findings, [&](unsigned I) {
                   return R.In.Findings[I].S == Severity::Note;
                 });
  if (!IsShown && Rest.Work)
    return "line " +
           std::to_string(J.In->Source->line(Rest.Work->Where.Begin)) +
           " does more than logging, and has no other place yet (steps "
           "'extension' and 'move')";
  if (isBelow13(R.In.Options.DeploymentTarget))
    return "the deployment target is below iOS 13, where VoIP pushes work; "
           "do not set .voIP on iOS 13 and later until then";
  if (R.In.Options.DeploymentTarget.empty() && goesByVersion(J))
    return "the code goes by iOS 13: say in .ringfence.yaml what the "
           "deployment-target is. Where it is below 13, do not set .voIP on "
           "iOS 13 and later";
  bool Comes = Rest.CallsShared || Rest.AsksForTask || IsShown;
  llvm::StringRef Path = J.In->Source->path();
  if (Comes && !receivesApnsToken(R.In, Path))
    return "the app receives no APNs token for the pushes that take their "
           "place (step 'tokens')";
  std::vector<std::string> Plists = R.In.Project.infoPlists();
  for (const std::string &Open : R.In.Project.filesWith("<#send token"))
    if (Comes && xcode::belongsTogether(Plists, Path, Open))
      return "the APNs token is not sent to the server yet (" + Open + ")";
  if (IsShown)
    return "no target of the project is known to compile the extension";
  if (Rest.CallsShared && !isSharedMethodCalled(R.In, J))
    return SharedMethod.str() + " is not called for silent pushes yet";
  return "";
}

static std::optional<FixSet> cleanUp(const FixRequest &R) {
  std::string Why = whyNotYet(R);
  PushKitRemoval Gone;
  if (Why.empty()) {
    Gone = removePushKit(R.In, R.handler());
    Why = Gone.Blocker;
  }
  if (!Why.empty()) {
    R.advise("PushKit cannot go yet: " + Why + ".");
    return std::nullopt;
  }
  llvm::StringRef Path = R.handler().In->Source->path();
  FixSet Set = std::move(Gone.Edits);
  Set.Findings = R.Findings;
  Set.Title = "Take PushKit out of the app";
  Set.Why = "The app reports no calls, and what VoIP pushes brought comes by "
            "other pushes now: the delegate methods, the registry and the "
            "background mode go, so that no VoIP push can end the app.";
  if (std::optional<VoipTokenUse> Use =
          voipTokenUse(R.In.Functions, R.In.Apis, R.handler().function().Owner))
    Set.LeftToDo.push_back("The VoIP token is not sent by " + Use->Call +
                           " any more: let the server forget those it has.");
  dropBackgroundMode(R.In, Path, Set);
  llvm::append_range(Set.LeftToDo, Gone.LeftToDo);
  Set.LeftToDo.push_back(
      "Ship this once the server sends no VoIP pushes to versions of the app "
      "that have it; pushes to older ones still need the VoIP token.");
  Set.LeftToDo.push_back("Take PushKit.framework out of the target where it "
                         "is linked by name.");
  return Set;
}

std::optional<FixSet> ringfence::leavePushKit(const FixRequest &R) {
  if (R.HandlerIndex < 0 || R.handler().IsDead)
    return std::nullopt;
  if (R.Step == MigrationStep::CleanUp)
    return cleanUp(R);
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
      restOf(R.In, R.handler()).CallsShared)
    return std::nullopt;
  std::optional<FixSet> Set = shareHandler(R);
  if (Set)
    llvm::append_range(Set->Findings, Messages.Findings);
  return Set;
}
