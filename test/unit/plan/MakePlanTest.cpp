//===-- MakePlanTest.cpp - plans of small trees ---------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/Scratch.h"
#include "tool/output/PlanWords.h"
#include "tool/plan/MigrationPlan.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::test;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

/// The plan of a tree with these files.
MigrationPlan planOf(const Files &Sources) {
  Scratch Tree;
  for (const auto &[File, Text] : Sources)
    Tree.write(File, Text);
  AnalysisOptions Options;
  Options.Root = Tree.path();
  Options.Paths = {Tree.path()};
  Options.Threads = 1;
  llvm::Expected<Analysis> A = analyse(Options);
  if (!A) {
    ADD_FAILURE() << llvm::toString(A.takeError());
    return {};
  }
  return makePlan(std::move(*A), " App");
}

MigrationPlan planOf(const std::string &File, const std::string &Text) {
  return planOf(Files{{File, Text}});
}

/// What \p Step leaves to people, in one text.
std::string handsOf(const HandlerPlan &H, MigrationStep Step) {
  return llvm::join(H.Steps[static_cast<unsigned>(Step)].ByHand, "\n");
}

bool contains(llvm::StringRef Text, llvm::StringRef Part) {
  return Text.contains(Part);
}

/// The rows as "DEPTH KIND".
std::vector<std::string> shape(const HandlerPlan &H) {
  std::vector<std::string> Rows;
  for (const PathRow &R : H.Picture)
    Rows.push_back(std::to_string(R.Depth) + " " + nameOf(R.K).str());
  return Rows;
}

const char *Legacy = R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType) {
        let info = payload.dictionaryPayload
        let aps = info["aps"] as? [String: Any]
        switch info["kind"] as? String {
        case "message":
            let content = UNMutableNotificationContent()
            content.title = aps?["sender"] as? String ?? ""
            content.body = info["body"] as? String ?? ""
            UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "m", content: content, trigger: nil))
        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        }
    }
}
)";

TEST(MakePlan, KeysAreToldByDestinationWithTheValueThatTellsThePush) {
  MigrationPlan Plan = planOf("App/Pushes.swift", Legacy);
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  std::vector<std::string> Keys;
  for (const PayloadKey &K :
       Plan.Handlers[0].Keys[Destination::NotificationService])
    Keys.push_back(K.Path + "=" + K.Value);
  llvm::sort(Keys);
  EXPECT_EQ(Keys, (std::vector<std::string>{
                      "aps.sender=", "aps=", "body=", "kind=\"message\""}));
}

TEST(MakePlan, ExamplesLeaveAppleItsOwnDictionary) {
  MigrationPlan Plan = planOf("App/Pushes.swift", Legacy);
  auto Message = llvm::find_if(Plan.Pushes, [](const PushKind &K) {
    return K.Token == "APNs" && K.Name == "A message";
  });
  ASSERT_NE(Message, Plan.Pushes.end());
  llvm::StringRef Payload = Message->Payload;
  EXPECT_TRUE(Payload.contains("\"mutable-content\": 1"));
  EXPECT_TRUE(Payload.contains("\"kind\": \"message\""));
  EXPECT_FALSE(Payload.contains("\"sender\""));
}

TEST(MakePlan, FixesFindTheirHandlerThoughItsSignatureHasChanged) {
  MigrationPlan Plan = planOf("App/Pushes.swift", Legacy);
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  const HandlerPlan &H = Plan.Handlers[0];
  auto Has = [&](unsigned Step, llvm::StringRef Fix) {
    return llvm::any_of(H.Steps[Step].Fixes,
                        [&](const PlannedFix &F) { return F.Fix == Fix; });
  };
  EXPECT_TRUE(Has(0, "modern-handler"));
  EXPECT_TRUE(Has(2, "move-to-notification-service"));
  EXPECT_TRUE(Has(3, "move-to-notification-service"));
  for (const PlannedStep &S : H.Steps)
    for (const PlannedFix &F : S.Fixes) {
      EXPECT_TRUE(llvm::StringRef(F.Command).ends_with(" App")) << F.Command;
      EXPECT_FALSE(F.Changes.empty()) << F.Title;
    }
}

TEST(MakePlan, AnElseIfStandsBesideItsIf) {
  MigrationPlan Plan = planOf("App/Pushes.m", R"(#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
@implementation Pushes
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
  NSString *kind = payload.dictionaryPayload[@"kind"];
  if ([kind isEqualToString:@"call"]) {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[CXCallUpdate new]
                                      completion:^(NSError *error) { completion(); }];
  } else if ([kind isEqualToString:@"old"]) {
    return;
  } else {
    completion();
  }
}
@end
)");
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  EXPECT_EQ(shape(Plan.Handlers[0]),
            (std::vector<std::string>{"0 entry", "1 arm", "2 report", "1 arm",
                                      "2 unreported", "1 arm", "2 unreported",
                                      "1 leaves"}));
}

TEST(MakePlan, AHelperIsOpenedWhereAPathLeavesInIt) {
  MigrationPlan Plan = planOf("App/Pushes.swift", R"(import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        handle(payload.dictionaryPayload)
        completion()
    }
    private func handle(_ info: [AnyHashable: Any]) {
        guard info["call"] != nil else { return }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
}
)");
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  const HandlerPlan &H = Plan.Handlers[0];
  ASSERT_EQ(H.Exits.size(), 1u);
  std::vector<std::string> Rows = shape(H);
  ASSERT_GE(Rows.size(), 5u);
  EXPECT_EQ(std::vector<std::string>(Rows.begin(), Rows.begin() + 5),
            (std::vector<std::string>{"0 entry", "1 helper", "2 arm",
                                      "3 unreported", "2 report"}));
}

// An app without calls, with the handler that iOS 11 deprecated.
const char *Messenger = R"(#import <PushKit/PushKit.h>
#import <UserNotifications/UserNotifications.h>
@implementation AppDelegate
- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)options {
  self.registry = [[PKPushRegistry alloc] initWithQueue:dispatch_get_main_queue()];
  self.registry.delegate = self;
  self.registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
  return YES;
}
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(NSString *)type {
  NSString *secret = payload.dictionaryPayload[@"secret"];
  for (NSString *account in self.accounts) {
    NSString *text = [self.cipher decrypt:secret account:account];
    if (text) {
      UNMutableNotificationContent *content = [UNMutableNotificationContent new];
      content.body = text;
      [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:[UNNotificationRequest requestWithIdentifier:account content:content trigger:nil] withCompletionHandler:nil];
    }
  }
}
@end
)";

TEST(MakePlan, AnAppWithoutCallsLeavesPushKit) {
  MigrationPlan Plan = planOf("App/AppDelegate.m", Messenger);
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  const HandlerPlan &H = Plan.Handlers[0];
  EXPECT_TRUE(H.IsToLeave);
  EXPECT_EQ(planTitle(Plan), "Off VoIP pushes: the way there");
  // The handler goes; what form it has is no matter.
  EXPECT_TRUE(H.Steps[0].Fixes.empty());
  EXPECT_FALSE(contains(handsOf(H, MigrationStep::Report), "completion"));
  EXPECT_TRUE(contains(handsOf(H, MigrationStep::Report),
                       "nothing in this app reports a call"));
  std::string CleanUp = handsOf(H, MigrationStep::CleanUp);
  EXPECT_TRUE(contains(CleanUp, "'ringfence fix --step clean-up App'"));
  EXPECT_FALSE(contains(CleanUp, "placeholder")) << CleanUp;
  EXPECT_FALSE(contains(CleanUp, "PushKit cannot go yet")) << CleanUp;
  for (const PlannedWork &W : H.Works)
    if (W.To == Destination::NotificationService) {
      EXPECT_EQ(W.By, (std::vector<std::string>{
                          "leave-pushkit (review), to a silent push for now"}))
          << W.What;
    }
  auto Silent = llvm::find_if(Plan.Pushes, [](const PushKind &K) {
    return K.Name == "What VoIP pushes brought";
  });
  ASSERT_NE(Silent, Plan.Pushes.end());
  EXPECT_TRUE(contains(Silent->Payload, "\"secret\""));
  EXPECT_TRUE(contains(pushesIntro(Plan), "each of them ends the app"));
}

TEST(MakePlan, DemonstrationAppsOfLibrariesHideNoLaunchMethod) {
  Files Sources = {{"App/AppDelegate.m", Messenger}};
  for (int I = 0; I != 14; ++I)
    Sources.emplace_back(
        "Carthage/Checkouts/Lib" + std::to_string(I) + "/Demo/DemoDelegate.m",
        "#import <UIKit/UIKit.h>\n@implementation DemoDelegate" +
            std::to_string(I) +
            "\n- (BOOL)application:(UIApplication *)application "
            "didFinishLaunchingWithOptions:(NSDictionary *)options {\n"
            "  return YES;\n}\n@end\n");
  MigrationPlan Plan = planOf(Sources);
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  const HandlerPlan &H = Plan.Handlers[0];
  ASSERT_EQ(H.Steps[1].Fixes.size(), 1u) << handsOf(H, MigrationStep::Tokens);
  EXPECT_EQ(H.Steps[1].Fixes[0].Changes.count("App/AppDelegate.m"), 1u);
}

TEST(MakePlan, WithoutALaunchMethodTheTokenIsLeftToPeople) {
  std::string Text = Messenger;
  std::string::size_type At = Text.find("- (BOOL)application");
  Text.replace(At,
               llvm::StringRef("- (BOOL)application:(UIApplication "
                               "*)application "
                               "didFinishLaunchingWithOptions:("
                               "NSDictionary *)options")
                   .size(),
               "- (BOOL)start");
  MigrationPlan Plan = planOf("App/Pushes.m", Text);
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  EXPECT_TRUE(contains(handsOf(Plan.Handlers[0], MigrationStep::Tokens),
                       "@UIApplicationDelegateAdaptor"));
  EXPECT_FALSE(contains(handsOf(Plan.Handlers[0], MigrationStep::CleanUp),
                        "@UIApplicationDelegateAdaptor"));
}

TEST(MakePlan, ALateReportDoesNotStay) {
  MigrationPlan Plan = planOf("App/Pushes.swift", R"(import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let id = UUID()
        server.lookUp(payload.dictionaryPayload) { name in
            let update = CXCallUpdate()
            update.localizedCallerName = name
            self.provider.reportNewIncomingCall(with: id, update: update) { _ in completion() }
        }
    }
}
)");
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  std::vector<WorkRow> Rows = workRows(Plan.Handlers[0]);
  auto Report = llvm::find_if(Rows, [](const WorkRow &R) {
    return contains(R.What, "reports a call");
  });
  ASSERT_NE(Report, Rows.end());
  EXPECT_TRUE(contains(Report->What, "after the method has returned"));
  EXPECT_TRUE(contains(Report->Why, "before the method returns"));
  EXPECT_NE(Report->MovedBy, "stays");
}

TEST(MakePlan, HandlersOfOneNameAreToldApartByTheirFiles) {
  MigrationPlan Plan =
      planOf(Files{{"One/Pushes.swift", Legacy}, {"Two/Pushes.swift", Legacy}});
  ASSERT_EQ(Plan.Handlers.size(), 2u);
  EXPECT_EQ(headingOf(Plan, Plan.Handlers[1]),
            Plan.Handlers[1].Symbol + " in Two/Pushes.swift");
}

TEST(MakePlan, PlaceholderReportsGoAgainWhereNothingElseMoves) {
  MigrationPlan Plan = planOf("App/Pushes.swift", R"(import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard payload.dictionaryPayload["call"] != nil else { return completion() }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    }
}
)");
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  EXPECT_TRUE(contains(handsOf(Plan.Handlers[0], MigrationStep::CleanUp),
                       "take the reports of placeholder calls out again"));
}

TEST(MakePlan, WhatHoldsForManyPlacesIsSaidOnce) {
  MigrationPlan Plan;
  for (int I = 1; I != 6; ++I)
    Plan.NotSeen.push_back("App/A.swift:" + std::to_string(I) + ": 'f" +
                           std::to_string(I) +
                           "' is not followed: too many calls deep");
  Plan.NotSeen.push_back("App/B.swift:7: 'g' is not followed: too many calls "
                         "deep");
  Plan.NotSeen.push_back("App/C.m: not analysed: too large");
  EXPECT_EQ(planGaps(Plan),
            (std::vector<std::string>{
                "At 6 places, in App/A.swift and App/B.swift: what is called "
                "is not followed: too many calls deep",
                "App/C.m: not analysed: too large",
                "'ringfence plan --format json' names each place."}));
}

TEST(MakePlan, AdviceForSeveralFindingsIsSaidOnce) {
  MigrationPlan Plan = planOf("App/Pushes.swift", R"(import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard let call = payload.dictionaryPayload["call"] as? String else {
            completion()
            return
        }
        print(call)
        completion()
    }
}
)");
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  const std::vector<std::string> &Hands = Plan.Handlers[0].Steps[0].ByHand;
  ASSERT_FALSE(Hands.empty());
  EXPECT_TRUE(contains(Hands[0], "App/Pushes.swift:8: "));
  EXPECT_TRUE(contains(Hands[0], "; App/Pushes.swift:11: "));
  EXPECT_EQ(llvm::count_if(Hands,
                           [](llvm::StringRef Hand) {
                             return Hand.contains("no CXProvider");
                           }),
            1);
}

TEST(MakePlan, WhatASilentPushHasToDoIsNoneOfTheExtensions) {
  MigrationPlan Plan = planOf("App/Pushes.swift", R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        switch info["kind"] as? String {
        case "message":
            let content = UNMutableNotificationContent()
            content.body = info["body"] as? String ?? ""
            UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "m", content: content, trigger: nil))
        case "photo":
            let content = UNMutableNotificationContent()
            content.body = "A photo"
            UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "p", content: content, trigger: nil))
        case "read":
            try? FileManager.default.removeItem(atPath: info["path"] as? String ?? "")
            UNUserNotificationCenter.current().removeDeliveredNotifications(withIdentifiers: ["m"])
        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }
}
)");
  ASSERT_EQ(Plan.Handlers.size(), 1u);
  std::string Move = handsOf(Plan.Handlers[0], MigrationStep::Move);
  EXPECT_TRUE(contains(Move, "didReceiveRemoteNotification")) << Move;
  for (llvm::StringRef Hand : Plan.Handlers[0].Steps[3].ByHand)
    if (Hand.contains("silent push")) {
      EXPECT_FALSE(Hand.contains("extension shares")) << Hand.str();
    }
}

} // namespace
