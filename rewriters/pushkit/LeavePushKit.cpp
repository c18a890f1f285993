//===-- LeavePushKit.cpp - an app without calls leaves PushKit ------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/LeavePushKit.h"
#include "matchers/checks/OldSystems.h"
#include "rewriters/apns/RegisterForAlerts.h"
#include "rewriters/apns/VoipTokenUse.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/edit/Builders.h"
#include "rewriters/notification_service/MoveToNotificationService.h"
#include "rewriters/pushkit/PushKitCode.h"
#include "rewriters/pushkit/SharedHandler.h"
#include "rewriters/xcode/AppPlist.h"
#include "rewriters/xcode/ExtensionFiles.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace ringfence;

/// Upkeep of the handler went to a background task in an earlier step.
static bool isUpkeepMoved(const FixRequest &R) {
  llvm::StringRef Owner = R.handler().function().Owner;
  return llvm::any_of(
      std::initializer_list<llvm::StringRef>{"refreshInBackground",
                                             "refreshInBackground:"},
      [&](llvm::StringRef Name) {
        return !R.In.Functions.members(Owner, Name).empty();
      });
}

/// Whether the handler or a set-up of the registry goes by iOS 13.
static bool goesByVersion(const JudgedHandler &J) {
  return asksFor13(J.function()) ||
         llvm::any_of(J.In->Registrations, [&](const Registration &R) {
           return llvm::any_of(J.In->Functions, [&](const Function &Fn) {
             return Fn.Where.contains(R.Where) && asksFor13(Fn);
           });
         });
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
  if (!xcode::removeFromPlists(
          Set,
          xcode::plistsToEdit(In.Project.infoPlists(), In.Project.targets(),
                              Path),
          [&](llvm::StringRef P) { return In.Project.read(P); },
          "UIBackgroundModes", "voip"))
    Set.LeftToDo.push_back("Take voip out of the target's UIBackgroundModes.");
}

/// A request of the same step about the handler's message work.
static FixRequest aboutMessages(const FixRequest &R) {
  return {R.In, R.Step, R.HandlerIndex, R.others("ringfence-message-work")};
}

/// What of the handler a notification service shows as well.
struct ShownByService {
  bool Any = false;
  std::vector<const Work *> Rest; ///< other work on the same messages
  std::vector<Place> Places;      ///< of all of it, in the handler
  /// Lists in which a notification is built and posted.
  std::vector<const std::vector<Step> *> Lists;
};

static ShownByService shownByService(const FixRequest &R) {
  ShownByService Shown;
  const JudgedHandler &J = R.handler();
  bool IsFilled = isFilledByService(aboutMessages(R));
  Shown.Any = IsFilled;
  for (unsigned I : R.others("ringfence-message-work")) {
    bool IsShared = R.In.Findings[I].S == Severity::Note;
    Shown.Any |= IsShared;
    for (unsigned W : R.In.Findings[I].Steps) {
      const Work &Each = J.V.Steps[W];
      Place At = Each.HandlerAt ? Each.HandlerAt : Each.At;
      Shown.Places.push_back(At);
      bool Posts = Each.E == Effect::LocalNotification;
      if (Posts && At.In == J.In)
        if (std::vector<Level> L = levelsAt(J.function(), At.Where.Begin);
            !L.empty())
          Shown.Lists.push_back(L.back().List);
      if (!IsShared && !(IsFilled && Posts) &&
          Each.D == Destination::NotificationService)
        Shown.Rest.push_back(&Each);
    }
  }
  return Shown;
}

/// The first of \p Works that no service does; null if there is none.
static const Step *withoutPlace(const ShownByService &Shown,
                                const JudgedHandler &J,
                                const std::vector<const Step *> &Works) {
  for (const Step *S : Works) {
    llvm::StringRef Text = J.In->Source->text(S->Where);
    // What is declared or set beside the post serves it.
    bool Serves = (S->K == Step::Kind::Declare || !S->Assigns.empty()) &&
                  llvm::any_of(Shown.Lists, [&](const std::vector<Step> *L) {
                    return S >= L->data() && S < L->data() + L->size();
                  });
    bool Builds = Serves || Text.contains("UNMutableNotificationContent") ||
                  Text.contains("UNNotificationRequest") ||
                  Text.contains(".fill(") || Text.contains(" fillContent:");
    bool Covered = llvm::any_of(Shown.Places, [&](const Place &P) {
      return P.In == J.In && S->Where.contains(P.Where.Begin);
    });
    if (!Shown.Any || (!Builds && !Covered))
      return S;
  }
  return nullptr;
}

/// Why the notification service cannot be relied on: no target has it.
static std::string whyNoService(const ProposeInput &In, llvm::StringRef Path) {
  std::vector<std::string> Plists = In.Project.infoPlists();
  std::string Why = "there is no notification service";
  for (std::string Each :
       In.Project.filesWith("UNNotificationServiceExtension")) {
    if (llvm::StringRef(Each).ends_with(".h"))
      Each = llvm::StringRef(Each).drop_back(1).str() + "m";
    if (!xcode::belongsTogether(Plists, In.Project.targets(), Path, Each))
      continue;
    if (!In.Project.targets().extensionsOf(Each).empty())
      return "";
    Why = In.Project.targets().whyNoExtension(Each);
  }
  return Why;
}

/// What has to be done before PushKit can go; "" if nothing has.
static std::string whyNotYet(const FixRequest &R) {
  const JudgedHandler &J = R.handler();
  HandlerRest Rest = restOf(R.In, J);
  ShownByService Shown = shownByService(R);
  if (const Step *Work = withoutPlace(Shown, J, Rest.Works))
    return "line " + std::to_string(J.In->Source->line(Work->Where.Begin)) +
           " does more than logging, and has no other place yet (steps "
           "'extension' and 'move')";
  bool Comes = Rest.CallsShared || Rest.AsksForTask || Shown.Any;
  llvm::StringRef Path = J.In->Source->path();
  if (Comes && !receivesApnsToken(R.In, Path))
    return "the app receives no APNs token for the pushes that take their "
           "place (step 'tokens')";
  std::vector<std::string> Plists = R.In.Project.infoPlists();
  for (const std::string &Open : R.In.Project.filesWith("<#send token"))
    if (Comes &&
        xcode::belongsTogether(Plists, R.In.Project.targets(), Path, Open))
      return "the APNs token is not sent to the server yet (" + Open + ")";
  if (Shown.Any)
    if (std::string Why = whyNoService(R.In, Path); !Why.empty())
      return Why;
  if (Rest.CallsShared && !isSharedMethodCalled(R.In, J))
    return SharedMethod.str() + " is not called for silent pushes yet";
  return "";
}

/// \p R's findings, and what else is said about what the handler does.
static std::vector<unsigned> findingsOfHandler(const FixRequest &R) {
  std::vector<unsigned> All = R.Findings;
  for (llvm::StringRef Check :
       {"ringfence-message-work", "ringfence-background-work"})
    llvm::append_range(All, R.others(Check));
  return All;
}

/// Lets the registries of \p R's app ask for VoIP pushes below iOS 13 alone.
static std::optional<FixSet> askOnOldSystemsOnly(const FixRequest &R) {
  const JudgedHandler &J = R.handler();
  std::vector<std::string> Plists = R.In.Project.infoPlists();
  Builders Edits;
  for (const std::string &Path : R.In.Project.filesWith("PKPushRegistry")) {
    const File *F = R.In.Project.file(Path);
    if (!F || !xcode::belongsTogether(Plists, R.In.Project.targets(),
                                      J.In->Source->path(), Path))
      continue;
    bool IsSwift = F->Source->language() == Language::Swift;
    std::set<const Step *> Done;
    for (const Registration &Reg : F->Registrations) {
      if (!Reg.HasVoIP || isBelow13Only(*F, Reg))
        continue;
      Desires D = desiresOf(*F, Reg);
      if (D.OnNewSystems.empty())
        return std::nullopt;
      for (const Step *S : D.OnNewSystems) {
        if (S->InMacro)
          return std::nullopt;
        if (!Done.insert(S).second)
          continue;
        Builder &B = Edits.of(*F);
        llvm::StringRef Base = B.indentation(S->Where.Begin);
        std::string Text =
            B.layOut("// iOS 13 and later end an app that reports no call for "
                     "a VoIP push.\n" +
                         std::string(IsSwift ? "if #available(iOS 13, *) {\n"
                                             : "if (@available(iOS 13.0, *)) "
                                               "{\n") +
                         "} else {\n\t" + B.text(S->Where).str() + "\n}\n",
                     Base);
        B.replace(S->Where, llvm::StringRef(Text).trim().str());
      }
    }
  }
  FixSet Set;
  Edits.addTo(Set);
  if (Set.Edits.empty())
    return std::nullopt;
  Set.Findings = findingsOfHandler(R);
  Set.Title = "Ask for VoIP pushes below iOS 13 only";
  Set.Why = "The app reports no calls, so that iOS 13 and later end it for "
            "each VoIP push. Below, such pushes work as before: the handler "
            "stays for them until the deployment target is iOS 13.";
  Set.LeftToDo.push_back("Let the server send other pushes to devices with iOS "
                         "13 and later: they have no VoIP token any more.");
  return Set;
}

static std::optional<FixSet> cleanUp(const FixRequest &R) {
  std::string Why = whyNotYet(R);
  llvm::StringRef Target = R.In.Options.DeploymentTarget;
  if (Why.empty() &&
      (isBelow13(Target) || (Target.empty() && goesByVersion(R.handler())))) {
    if (std::optional<FixSet> Set = askOnOldSystemsOnly(R))
      return Set;
    Why = "below iOS 13 VoIP pushes work, and where the registry asks for them "
          "is not understood; ask for .voIP there only";
  }
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
  Set.Findings = findingsOfHandler(R);
  Set.Title = "Take PushKit out of the app";
  Set.Why = "The app reports no calls, and what VoIP pushes brought comes by "
            "other pushes now: the delegate methods, the registry and the "
            "background mode go, so that no VoIP push can end the app.";
  if (std::optional<VoipTokenUse> Use =
          voipTokenUse(R.In.Functions, R.In.Apis, R.handler().function().Owner))
    Set.LeftToDo.push_back("The VoIP token is not sent by " + Use->Call +
                           " any more: let the server forget those it has.");
  dropBackgroundMode(R.In, Path, Set);
  for (const Work *W : shownByService(R).Rest)
    Set.LeftToDo.push_back(
        "Goes with the handler: " + W->Api + " (line " +
        std::to_string((W->HandlerAt ? W->HandlerAt : W->At).line()) +
        "). Check that the notification service does it.");
  llvm::append_range(Set.LeftToDo, Gone.LeftToDo);
  Set.LeftToDo.push_back(
      "Ship this once the server sends no VoIP pushes to versions of the app "
      "that have it; pushes to older ones still need the VoIP token.");
  Set.LeftToDo.push_back("Take PushKit.framework out of the target where it "
                         "is linked by name.");
  return Set;
}

/// A notification service shows what the handler shows.
static bool isShownElsewhere(const FixRequest &Messages) {
  return !Messages.Findings.empty() &&
         (isFilledByService(Messages) ||
          llvm::any_of(Messages.Findings, [&](unsigned I) {
            return Messages.In.Findings[I].S == Severity::Note;
          }));
}

std::optional<FixSet> ringfence::leavePushKit(const FixRequest &R) {
  if (R.HandlerIndex < 0)
    R.advise("The delegate that takes the pushes is not in sight: what it does "
             "has to be given to other pushes in the app that it belongs to.");
  if (R.HandlerIndex < 0 || R.handler().IsDead)
    return std::nullopt;
  if (R.Step == MigrationStep::CleanUp)
    return cleanUp(R);
  FixRequest Messages = aboutMessages(R);
  if (!Messages.Findings.empty())
    if (std::optional<FixSet> Set = moveToNotificationService(Messages)) {
      llvm::append_range(Set->Findings, R.Findings);
      return Set;
    }
  if (R.Step != MigrationStep::Move || isShownElsewhere(Messages) ||
      restOf(R.In, R.handler()).CallsShared || isUpkeepMoved(R))
    return std::nullopt;
  std::optional<FixSet> Set = shareHandler(R);
  if (Set)
    for (llvm::StringRef Check :
         {"ringfence-message-work", "ringfence-background-work"})
      llvm::append_range(Set->Findings, R.others(Check));
  return Set;
}

bool ringfence::leavesAsAWhole(const FixRequest &R) {
  if (!R.isToLeave() || R.handler().IsDead)
    return false;
  if (restOf(R.In, R.handler()).CallsShared)
    return true;
  FixRequest Messages = aboutMessages(R);
  if (isUpkeepMoved(R) || isShownElsewhere(Messages) ||
      (!Messages.Findings.empty() && moveToNotificationService(Messages)))
    return false;
  FixRequest Probe{R.In, R.Step, R.HandlerIndex, {}};
  return shareHandler(Probe).has_value();
}
