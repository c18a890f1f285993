//===-- TeamWork.cpp - what no rewriting does -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/plan/TeamWork.h"
#include "rewriters/capture/Clauses.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

PlanNeeds ringfence::needsOf(const MigrationPlan &Plan) {
  PlanNeeds N;
  for (const HandlerPlan &H : Plan.Handlers) {
    if (H.IsDead)
      continue;
    N.Calls |= !H.ReportedBy.empty();
    N.Messages |= H.sendsTo(Destination::NotificationService);
    N.Silent |= H.sendsTo(Destination::BackgroundPush);
    N.Tasks |= H.sendsTo(Destination::BackgroundTask);
    for (const SharedItem &S : H.Shared) {
      N.Keychain |= StringRef(S.What).starts_with("keychain");
      N.Database |= StringRef(S.What).starts_with("the database");
    }
    for (const PlannedStep &Step : H.Steps)
      for (const PlannedFix &F : Step.Fixes) {
        N.HandsOver |= F.Fix == "hand-over-calls";
        for (const std::string &Do : F.LeftToDo) {
          N.AllSilent |= F.Fix == "leave-pushkit" &&
                         Step.Step == MigrationStep::Move &&
                         StringRef(Do).contains("send a silent push");
          N.Hides |= StringRef(Do).contains("filtering entitlement");
          N.CollapseId |= StringRef(Do).contains("apns-collapse-id");
        }
      }
  }
  N.Silent |= N.AllSilent;
  N.Hides |= N.HandsOver;
  N.Leaves = Plan.isToLeave();
  if (!Plan.Handlers.empty())
    N.IsSwift = StringRef(Plan.Handlers.front().File).ends_with(".swift");
  return N;
}

static std::string foundOrNot(bool Found, StringRef What) {
  return Found ? What.str() + " is called in the project already."
               : "No call of " + What.str() + " was found in the project.";
}

/// Two tokens: PushKit's and APNs'.
static PlanSection tokens(const PlanNeeds &N, const ProjectFacts &F) {
  PlanSection S{"The second token",
                "Alert and silent pushes go to the APNs device token, not to "
                "the PushKit token. App and server change on different days, "
                "so for a time the server holds both.",
                /*Ordered=*/true,
                {}};
  S.Items = {
      "Ask for permission to show notifications; VoIP pushes need none, alert "
      "pushes do. " +
          foundOrNot(F.AsksForAuthorization, "requestAuthorization"),
      "Call registerForRemoteNotifications at each launch, and take the token "
      "in application(_:didRegisterForRemoteNotificationsWithDeviceToken:). " +
          foundOrNot(F.AsksForRemoteToken, "registerForRemoteNotifications"),
      "Send both tokens, each with its kind, its topic and whether it is for "
      "the sandbox; send the one that is there and the other when it comes, "
      "never an empty one from storage.",
      "The server sends alert pushes to installations that have sent an APNs "
      "token, and goes on with VoIP pushes to those that have not: these are "
      "versions without the extension.",
      N.Calls
          ? "Once it has stored the APNs token, the server sends this "
            "installation " +
                std::string(N.HandsOver ? "alert pushes only, for calls too"
                                        : "VoIP pushes for calls only") +
                ". The PushKit token stays."
          : "Once it has stored the APNs token, the server deletes this "
            "installation's PushKit token. Keep the old token in the app until "
            "the server has acknowledged: a token that nobody can name any "
            "more cannot be deleted.",
      N.Leaves
          ? "From then on, count the VoIP pushes that the server still sends: "
            "when there are none left, the step clean-up can ship."
          : "From then on, count the VoIP pushes that report and end a "
            "placeholder: when there are none left, the step clean-up can "
            "ship."};
  return S;
}

/// Apps and servers never change on the same day: who waits for whom.
static PlanSection order(const PlanNeeds &N) {
  PlanSection S{"Who does what, and when",
                "Each step of the app is a release of its own, and can be "
                "taken back alone.",
                /*Ordered=*/true,
                {}};
  if (N.Leaves)
    S.Items.push_back("App: stop asking for .voIP on iOS 13 and later, if "
                      "pushes end the app today; what they brought is fetched "
                      "when the app is opened, until step move ships.");
  else
    S.Items.push_back(
        "App: ship report, with what is to be done by hand there. Then no push "
        "ends the app any more; those that are no calls cost the user a "
        "glimpse of the call screen.");
  S.Items.push_back("Server: store a second token for each installation, with "
                    "the version of the app that sent it. Nothing is sent to "
                    "it yet.");
  S.Items.push_back(N.Messages
                        ? "App: ship tokens and extension, in one release or "
                          "two. The extension is idle until alert pushes come."
                        : "App: ship tokens.");
  S.Items.push_back(
      "App: ship move. Old pushes and new ones lead to the same code.");
  S.Items.push_back(
      std::string("Server: send what stands under \"What the server sends\" to "
                  "test devices, then to installations whose version has step "
                  "move and whose "
                  "APNs token is known, some at first. ") +
      (N.Leaves ? "These get no VoIP pushes any more."
       : N.HandsOver
           ? "These get alert pushes only, for calls too, from iOS 14.5 on."
           : "These get VoIP pushes for new calls only.") +
      " If messages go missing, switch back: the app takes both.");
  S.Items.push_back("Both: wait until few installations are older than that, "
                    "and decide what becomes of them.");
  S.Items.push_back(
      N.Leaves ? "App: ship clean-up. Server: send no VoIP pushes, and forget "
                 "the PushKit tokens."
      : N.HandsOver
          ? "App: ship clean-up. Server: send no VoIP pushes; the registry and "
            "the background mode stay for what the extension hands over."
          : "App: ship clean-up. Server: refuse VoIP pushes that are no "
            "new calls.");
  return S;
}

static PlanSection entitlements(const PlanNeeds &N, const ProjectFacts &F) {
  PlanSection S{"Entitlements and Info.plist", "", false, {}};
  if (N.Messages) {
    S.Items.push_back(
        F.AppGroups.empty()
            ? "App group, for app and extension "
              "(com.apple.security.application-groups): none was found; name "
              "it under app-group in .ringfence.yaml, so that generated files "
              "carry it."
            : "App group, for app and extension "
              "(com.apple.security.application-groups): " +
                  listed(F.AppGroups) + ".");
    if (N.Keychain)
      S.Items.push_back(
          F.KeychainGroups.empty()
              ? "Keychain group, for app and extension "
                "(keychain-access-groups): none was found, so that the "
                "extension does not see the app's items."
              : "Keychain group, for app and extension "
                "(keychain-access-groups): " +
                    listed(F.KeychainGroups) + ".");
    S.Items.push_back(
        std::string("Filtering, for the extension "
                    "(com.apple.developer.usernotifications.filtering, iOS "
                    "13.3): only with it may an alert push show nothing. ") +
        (N.Hides ? "Generated code needs it, or a server that sends no push "
                   "that shows nothing. "
                 : "Without it every alert push shows. ") +
        (F.HasFiltering
             ? "An .entitlements file of the project has it."
             : "Apple grants it on request "
               "(developer.apple.com/contact/request/notification-service); "
               "ask early, and put it into the debug and the release "
               "entitlements and into the profiles."));
  }
  std::vector<std::string> Modes;
  auto Want = [&](bool Needed, const char *Mode) {
    if (Needed && !llvm::is_contained(F.BackgroundModes, Mode))
      Modes.push_back(Mode);
  };
  Want(N.Silent || N.Tasks, "remote-notification");
  Want(N.Tasks, "fetch");
  std::string Plist =
      F.InfoPlist.empty() ? "the app's Info.plist" : F.InfoPlist;
  if (!Modes.empty())
    S.Items.push_back("UIBackgroundModes of " + Plist + ": add " +
                      listed(Modes) + ".");
  if (N.Tasks)
    S.Items.push_back("BGTaskSchedulerPermittedIdentifiers of " + Plist +
                      ": the task's identifier; every identifier listed needs "
                      "a launch handler.");
  S.Items.push_back(N.Calls
                        ? "voip stays in UIBackgroundModes: calls need it."
                        : "voip leaves UIBackgroundModes in the step clean-up, "
                          "when no registry asks for .voIP any more.");
  return S;
}

/// The new files of the step extension, those of the extension's folder.
static std::vector<std::string> serviceFiles(const MigrationPlan &Plan) {
  std::vector<std::string> Files;
  for (const HandlerPlan &H : Plan.Handlers)
    for (const PlannedFix &Fix : H.Steps[2].Fixes)
      for (const auto &[Path, Change] : Fix.Changes)
        if (!Change.Before && !llvm::is_contained(Files, Path))
          Files.push_back(Path);
  return Files;
}

static std::vector<std::string> sharedSources(const MigrationPlan &Plan) {
  std::vector<std::string> Items;
  for (const HandlerPlan &H : Plan.Handlers)
    for (const PlannedFix &Fix : H.Steps[3].Fixes)
      for (const std::string &Do : Fix.LeftToDo)
        if (StringRef(Do).contains("to the extension's target") &&
            !llvm::is_contained(Items, Do))
          Items.push_back(Do);
  return Items;
}

// Target settings: what Xcode's template for a notification service makes, and
// swiftlang/swift-build's product type com.apple.product-type.app-extension.
static PlanSection inXcode(const MigrationPlan &Plan, const PlanNeeds &N,
                           const ProjectFacts &F) {
  PlanSection S{"In Xcode", "", true, {}};
  if (!F.Services.empty()) {
    S.Intro = "The project has a notification service (" + listed(F.Services) +
              "); no target has to be added. project.pbxproj is not edited.";
    S.Items = sharedSources(Plan);
    S.Items.push_back("Build the app and the extension; what an extension may "
                      "not use is an error there.");
    return S;
  }
  S.Intro = "project.pbxproj is not edited: the target is added by hand, once.";
  if (!F.Manifests.empty())
    S.Intro += " Targets may be described in " + listed(F.Manifests) +
               "; then describe the extension there instead.";
  std::vector<std::string> Files = serviceFiles(Plan);
  bool Made = !Files.empty();
  std::string Folder = F.ServiceFolder;
  S.Items.push_back(
      "File > New > Target > Notification Service Extension. Product name " +
      F.ServiceTarget + ", language " + (N.IsSwift ? "Swift" : "Objective-C") +
      ", embedded in " + F.AppTarget + ".");
  if (Made) {
    S.Items.push_back("Delete the sources and the Info.plist that Xcode has "
                      "put into the new target, and add " +
                      listed(Files) + " to it instead.");
    std::string Plist, Entitlements;
    for (const std::string &Path : Files) {
      if (StringRef(Path).ends_with(".plist"))
        Plist = Path;
      if (StringRef(Path).ends_with(".entitlements"))
        Entitlements = Path;
    }
    if (!Plist.empty())
      S.Items.push_back(
          "Build settings of the extension: INFOPLIST_FILE = " + Plist +
          ", CODE_SIGN_ENTITLEMENTS = " + Entitlements + ".");
  }
  S.Items.push_back(
      "IPHONEOS_DEPLOYMENT_TARGET is the app's, not what Xcode proposes: on an "
      "older system than that the extension is not loaded, and nothing says "
      "so. MARKETING_VERSION, CURRENT_PROJECT_VERSION" +
      std::string(N.IsSwift ? " and SWIFT_VERSION" : "") +
      " are the app's too.");
  S.Items.push_back("The bundle identifier is the app's with a suffix; a "
                    "configuration for each that the app has; the app's team.");
  S.Items.push_back(
      "Signing & Capabilities: App Groups in both targets" +
      std::string(N.Keychain ? ", Keychain Sharing in both" : "") + ".");
  for (const std::string &Item : sharedSources(Plan))
    S.Items.push_back(Item);
  S.Items.push_back("Build phases of " + F.AppTarget +
                    ": the extension is a dependency and stands in Embed "
                    "Foundation Extensions. With CocoaPods, give the new "
                    "target its pods.");
  S.Items.push_back("Build. APPLICATION_EXTENSION_API_ONLY is on for such a "
                    "target: what an extension may not use is an error.");
  return S;
}

// What ends an app and how it shows: Apple's Developer Technical Support in the
// forums (developer.apple.com/forums/thread/817976, 801446), checked 2026.
static PlanSection devices(const PlanNeeds &N) {
  PlanSection S{"On a device",
                "Send each push of the server, old and new, to a device:",
                true,
                {}};
  S.Items = {
      "with the app not running, in the background, in front, and during a "
      "call; and once after a restart before the device is unlocked, when "
      "files and keychain items may not be readable.",
      "Look for \"never posted an incoming call\" in the console and for crash "
      "reports with the code 0xbaadca11: the first is a missing report, the "
      "second one that came too late or a delegate that was not set at launch. "
      "After several the system delivers no VoIP push any more, without a "
      "word.",
      "A malformed push, a push twice, a push for a call that is over."};
  if (N.Messages) {
    S.Items.push_back("Alert pushes: two at once, one with notifications "
                      "switched off, one without network, one that takes the "
                      "extension 30 seconds.");
    S.Items.push_back("A message while the app is in front: does it show "
                      "twice?");
  }
  if (N.Tasks)
    S.Items.push_back(
        "The background task, from the debugger: (void)[[BGTaskScheduler "
        "sharedScheduler] _simulateLaunchForTaskWithIdentifier:@\"…\"], then "
        "_simulateExpirationForTaskWithIdentifier:. Not in code that ships.");
  S.Items.push_back("The new app with the old server, and the old app with the "
                    "new server: both will be out there.");
  return S;
}

// From the histories of 17 public apps that went this way, in own words.
static PlanSection risks(const PlanNeeds &N) {
  PlanSection S{"What went wrong for others",
                "Seen in the histories of 17 apps that went this way.",
                false,
                {}};
  S.Items = {
      "At least nine of the finished migrations still had a way out without a "
      "report: a guard on the payload, a call in progress, an app state, a "
      "migration "
      "that was running."};
  if (N.Messages) {
    S.Items.push_back("The server went on sending VoIP pushes for messages to "
                      "tokens that the new version had forgotten. Each of them "
                      "ended the app.");
    S.Items.push_back(
        "Shared data stopped most moves: databases, settings and keys that "
        "only the app could read. Apps that moved a whole database fought with "
        "locks for months; a small file in the group, written whole, is the "
        "calmer way.");
    S.Items.push_back(
        "One extension process served several pushes: a single stored content "
        "handler was overwritten, and notifications got lost or showed "
        "twice.");
    S.Items.push_back("The extension had less memory than the app by far: "
                      "image caches, a full sync or an object mapper got it "
                      "ended without a trace.");
    S.Items.push_back("Filtering was in the debug entitlements only, or was "
                      "not yet granted when the app shipped.");
    S.Items.push_back("The extension's deployment target was newer than the "
                      "app's: no notifications on older systems.");
  }
  if (N.Database)
    S.Items.push_back("The extension changed the database's schema, or opened "
                      "it before the app had made it. It should do neither; "
                      "it shows the plain text then.");
  if (N.Calls) {
    S.Items.push_back("A call and its cancellation crossed: key calls by the "
                      "id in the push, and take a second push for the same "
                      "call as an update.");
    S.Items.push_back("The completion handler was called before the report, on "
                      "failure only, or never.");
  } else if (N.Messages || N.Silent || N.Tasks) {
    S.Items.push_back("Pushes were off for weeks, since the old way was taken "
                      "out before the new one worked. Ship the steps one by "
                      "one.");
  }
  if (N.Tasks)
    S.Items.push_back("A background task took a push's place and ran hours "
                      "later or never. Two of the 17 use one, to catch up "
                      "and to retry; it never shows a message.");
  return S;
}

static PlanSection sources(const PlanNeeds &N) {
  PlanSection S{
      "Where the facts come from", "Looked up in November 2026.", false, {}};
  S.Items = {
      "When a call has to be reported, and what happens else: Apple, "
      "developer.apple.com/documentation/pushkit/"
      "responding-to-voip-notifications-from-pushkit; Apple's Developer "
      "Technical Support in developer.apple.com/forums/thread/817976 and "
      "801446.",
      "Push types, headers and sizes: "
      "developer.apple.com/documentation/usernotifications/"
      "sending-notification-requests-to-apns and "
      "generating-a-remote-notification there."};
  if (N.Messages)
    S.Items.push_back(
        "When an extension runs, and for how long: "
        "developer.apple.com/documentation/usernotifications/"
        "modifying-content-in-newly-delivered-notifications; filtering: "
        "developer.apple.com/forums/thread/696068.");
  if (N.Silent || N.Tasks)
    S.Items.push_back("Silent pushes: "
                      "developer.apple.com/documentation/usernotifications/"
                      "pushing-background-updates-to-your-app.");
  if (N.Tasks)
    S.Items.push_back("Background tasks: "
                      "developer.apple.com/documentation/backgroundtasks/"
                      "bgtaskscheduler.");
  return S;
}

std::vector<PlanSection> ringfence::teamSections(const MigrationPlan &Plan,
                                                 const PlanNeeds &N,
                                                 const ProjectFacts &Facts) {
  std::vector<PlanSection> Sections;
  if (!Plan.hasWork())
    return Sections;
  bool Leaves = N.Messages || N.Silent || N.Tasks;
  if (Leaves)
    Sections.push_back(order(N));
  if (Leaves)
    Sections.push_back(tokens(N, Facts));
  if (Leaves)
    Sections.push_back(entitlements(N, Facts));
  if (N.Messages)
    Sections.push_back(inXcode(Plan, N, Facts));
  Sections.push_back(devices(N));
  Sections.push_back(risks(N));
  Sections.push_back(sources(N));
  return Sections;
}
