//===-- ShareHandlerTest.cpp - silent pushes do what VoIP pushes did ------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/capture/WrittenProject.h"
#include <set>

using namespace ringfence;
using namespace ringfence::test;
using S = MigrationStep;

namespace {

/// A Swift handler without calls whose body is \p Body.
std::string swiftPushes(const std::string &Body) {
  return R"(import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    static let shared = Pushes()
    private let registry = PKPushRegistry(queue: .main)
    private let store = Store()

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
)" + Body +
         R"(    }
}
)";
}

const std::string SwiftDelegate = R"(import UIKit

@UIApplicationMain
final class AppDelegate: UIResponder, UIApplicationDelegate {
    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        Pushes.shared.start()
        return true
    }
}
)";

const std::string Plist =
    "<plist version=\"1.0\">\n<dict>\n\t<key>UIBackgroundModes</key>\n"
    "\t<array>\n\t\t<string>voip</string>\n\t</array>\n</dict>\n</plist>\n";

bool contains(const std::string &Text, llvm::StringRef Part) {
  return llvm::StringRef(Text).contains(Part);
}

bool says(const FixSet &Set, llvm::StringRef Part) {
  for (const std::string &Left : Set.LeftToDo)
    if (contains(Left, Part))
      return true;
  return false;
}

} // namespace

TEST(ShareHandler, SilentPushesLeadToWhatTheSwiftHandlerDid) {
  WrittenProject P(
      {{"App/Pushes.swift",
        swiftPushes("        // Only these are registered for.\n"
                    "        guard type == .voIP else { return }\n"
                    "        // What is kept until the app opens.\n"
                    "        let kept = payload.dictionaryPayload[\"item\"]\n"
                    "        store.keep(kept) {\n"
                    "            completion()\n"
                    "        }\n")},
       {"App/AppDelegate.swift", SwiftDelegate},
       {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_EQ(P.Sets[0].Fix, "leave-pushkit");
  EXPECT_EQ(P.Sets[0].A, Applicability::Review);
  const std::string &After = P.Files["App/Pushes.swift"];
  EXPECT_TRUE(contains(
      After,
      "                      for type: PKPushType, completion: @escaping () -> "
      "Void) {\n"
      "        // Only these are registered for.\n"
      "        guard type == .voIP else { return }\n"
      "        receivePush(payload.dictionaryPayload, completion: completion)\n"
      "    }\n"
      "\n"
      "    /// What a push leads to, whichever way it came. Silent pushes take "
      "the place\n"
      "    /// of VoIP pushes, which are for calls.\n"
      "    func receivePush(_ userInfo: [AnyHashable: Any], completion: "
      "@escaping () -> Void) {\n"
      "        // What is kept until the app opens.\n"
      "        let kept = userInfo[\"item\"]\n"
      "        store.keep(kept) {\n"
      "            completion()\n"
      "        }\n"
      "    }\n"
      "}\n"))
      << After;
  EXPECT_TRUE(contains(P.Files["App/AppDelegate.swift"],
                       "        Pushes.shared.receivePush(userInfo) {\n"
                       "            completionHandler(.newData)\n"
                       "        }\n"
                       "    }\n"))
      << P.Files["App/AppDelegate.swift"];
  EXPECT_TRUE(contains(P.Files["App/Info.plist"],
                       "<string>remote-notification</string>"));
  EXPECT_TRUE(contains(P.Files["App/Info.plist"], "<string>voip</string>"));
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty()) << "a second run has nothing to add";
}

TEST(ShareHandler, KeepsTheNameThatTheCodeGivesTheDictionary) {
  WrittenProject P(
      {{"App/Pushes.swift",
        swiftPushes("        let userInfo = payload.dictionaryPayload\n"
                    "        store.keep(userInfo[\"item\"]) {}\n")}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_TRUE(contains(P.Files["App/Pushes.swift"],
                       "        receivePush(payload.dictionaryPayload)\n"));
  EXPECT_TRUE(contains(P.Files["App/Pushes.swift"],
                       "    func receivePush(_ push: [AnyHashable: Any]) {\n"
                       "        let userInfo = push\n"
                       "        store.keep(userInfo[\"item\"]) {}\n"))
      << P.Files["App/Pushes.swift"];
  EXPECT_TRUE(says(P.Sets[0], "Call receivePush(_:) of Pushes in the app "
                              "delegate's"));
}

TEST(ShareHandler, TheArmOfTheOnlyTypeGoes) {
  WrittenProject P(
      {{"App/Pushes.swift",
        swiftPushes("        NSLog(\"a push: %@\", type.rawValue)\n"
                    "        if type == .voIP {\n"
                    "            store.keep("
                    "payload.dictionaryPayload[\"item\"]) {}\n"
                    "            completion()\n"
                    "        }\n")}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_TRUE(contains(P.Files["App/Pushes.swift"],
                       "        if type == .voIP {\n"
                       "            receivePush(payload.dictionaryPayload, "
                       "completion: completion)\n"
                       "        }\n"
                       "    }\n"))
      << P.Files["App/Pushes.swift"];
  EXPECT_TRUE(contains(P.Files["App/Pushes.swift"],
                       "        store.keep(userInfo[\"item\"]) {}\n"
                       "        completion()\n"
                       "    }\n"));
}

TEST(ShareHandler, AHandlerThatNeedsPushKitIsLeftAlone) {
  WrittenProject P(
      {{"App/Pushes.swift", swiftPushes("        store.keep(payload) {}\n"
                                        "        completion()\n")}});
  std::map<std::string, std::string> Before = P.Files;
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_EQ(P.Files, Before);
  EXPECT_TRUE(contains(P.advice("ringfence-push-without-calls"),
                       "the payload is used as a whole"))
      << P.advice("ringfence-push-without-calls");
}

TEST(ShareHandler, AHandlerThatOnlyLogsHasNothingToShare) {
  WrittenProject P({{"App/Pushes.swift",
                     swiftPushes("        print(payload.dictionaryPayload)\n"
                                 "        completion()\n")}});
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
}

TEST(ShareHandler, ObjectiveCKeepsItsStyle) {
  WrittenProject P(std::map<std::string, std::string>{
      {"App/AppDelegate.m", R"(#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>

@interface AppDelegate : UIResponder <UIApplicationDelegate, PKPushRegistryDelegate>
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)app didFinishLaunchingWithOptions:(NSDictionary *)options
{
    PKPushRegistry *registry = [[PKPushRegistry alloc] initWithQueue:dispatch_get_main_queue()];
    registry.delegate = self;
    registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
    return YES;
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))done
{
    NSLog(@"%@ %@", payload, type);
    [self keep:[payload dictionaryPayload][@"item"]];
    done();
}

- (void)keep:(id)item
{
    [[NSUserDefaults standardUserDefaults] setObject:item forKey:@"item"];
}

@end
)"}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  const std::string &After = P.Files["App/AppDelegate.m"];
  EXPECT_TRUE(contains(
      After,
      "{\n"
      "    NSLog(@\"%@ %@\", payload, type);\n"
      "    [self receivePush:payload.dictionaryPayload completion:done];\n"
      "}\n"
      "\n"
      "/// What a push leads to, whichever way it came. Silent pushes "
      "take the place\n"
      "/// of VoIP pushes, which are for calls.\n"
      "- (void)receivePush:(NSDictionary *)userInfo completion:(void "
      "(^)(void))done\n"
      "{\n"
      "    [self keep:userInfo[@\"item\"]];\n"
      "    done();\n"
      "}\n"))
      << After;
  EXPECT_TRUE(contains(
      After, "    [self receivePush:userInfo completion:^{\n"
             "        completionHandler(UIBackgroundFetchResultNewData);\n"
             "    }];\n"
             "}\n"))
      << After;
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
}

TEST(ShareHandler, PermitsItInThePropertyListOfTheAppThatCompilesTheHandler) {
  WrittenProject P({{"App/Pushes.swift",
                     swiftPushes("        store.keep(payload.dictionaryPayload["
                                 "\"item\"]) { completion() }\n")},
                    {"App/AppDelegate.swift", SwiftDelegate},
                    {"App/Info.plist", Plist},
                    {"Config/Chat-Info.plist", Plist},
                    {"project.yml", R"(name: Chat
targets:
  Chat:
    type: application
    platform: iOS
    sources: [App]
    info:
      path: Config/Chat-Info.plist
)"}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_TRUE(
      contains(P.Files["Config/Chat-Info.plist"], "remote-notification"));
  EXPECT_EQ(P.Files["App/Info.plist"], Plist);
}

TEST(ShareHandler, JoinsAMethodThatDoesNothingWithSilentPushes) {
  std::string Delegate = SwiftDelegate;
  Delegate.insert(Delegate.rfind('}'), R"(
    func application(_ application: UIApplication, didReceiveRemoteNotification info: [AnyHashable: Any],
                     fetchCompletionHandler done: @escaping (UIBackgroundFetchResult) -> Void) {
        NSLog("a push")
        done(.noData)
    }
)");
  const std::string Keeps =
      "        store.keep(payload.dictionaryPayload[\"item\"])";
  WrittenProject P(
      {{"App/Pushes.swift", swiftPushes(Keeps + " { completion() }\n")},
       {"App/AppDelegate.swift", Delegate}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_TRUE(contains(P.Files["App/AppDelegate.swift"],
                       "        NSLog(\"a push\")\n"
                       "        Pushes.shared.receivePush(info) {\n"
                       "            done(.noData)\n"
                       "        }\n"
                       "    }\n"))
      << P.Files["App/AppDelegate.swift"];
  EXPECT_FALSE(says(P.Sets[0], "Call receivePush"));
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());

  // One that does something else is not given pushes that it may not know.
  Delegate.replace(Delegate.find("NSLog(\"a push\")"), 15, "refresh(info)");
  WrittenProject Other({{"App/Pushes.swift", swiftPushes(Keeps + " {}\n")},
                        {"App/AppDelegate.swift", Delegate}});
  Other.fix({S::Move});
  ASSERT_EQ(Other.Sets.size(), 1u) << Other.Problems;
  EXPECT_EQ(Other.Files["App/AppDelegate.swift"], Delegate);
  EXPECT_TRUE(says(Other.Sets[0], "Call receivePush"));
}

TEST(ShareHandler, TheAppDelegateNamesTheObjectInAnyOfItsMethods) {
  WrittenProject P(std::map<std::string, std::string>{
      {"App/Pushes.h", R"(#import <PushKit/PushKit.h>
@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, weak) id delegate;
+ (instancetype)sharedInstance;
- (void)register;
@end
)"},
      {"App/Pushes.m", R"(#import "Pushes.h"
@implementation Pushes
- (void)register {
    PKPushRegistry *registry = [[PKPushRegistry alloc] initWithQueue:nil];
    registry.delegate = self;
    registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type {
    [[NSUserDefaults standardUserDefaults] setObject:payload.dictionaryPayload[@"item"] forKey:@"item"];
}
@end
)"},
      {"App/AppDelegate.mm", R"(#import <UIKit/UIKit.h>
#import "Pushes.h"
@interface AppDelegate : UIResponder <UIApplicationDelegate>
@end
@implementation AppDelegate
- (BOOL)application:(UIApplication *)app didFinishLaunchingWithOptions:(NSDictionary *)options {
    [Pushes sharedInstance].delegate = self;
    return YES;
}
- (void)applicationDidBecomeActive:(UIApplication *)app {
    [[Pushes sharedInstance] register];
}
- (void)application:(UIApplication *)app didReceiveRemoteNotification:(NSDictionary *)info fetchCompletionHandler:(void (^)(UIBackgroundFetchResult))done {
    done(UIBackgroundFetchResultNoData);
}
@end
)"}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  EXPECT_TRUE(contains(P.Files["App/AppDelegate.mm"],
                       "{\n"
                       "    [[Pushes sharedInstance] receivePush:info];\n"
                       "    done(UIBackgroundFetchResultNoData);\n"
                       "}\n"))
      << P.Files["App/AppDelegate.mm"];
  EXPECT_TRUE(contains(P.Files["App/Pushes.h"], "- (void)receivePush:"));
}

TEST(ShareHandler, AHandlerForMessagesLeavesInAnAppWithCallsToo) {
  const std::string Calls = R"(import CallKit

final class Calls {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func ring() {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
}
)";
  const std::string Stores =
      "        let item = payload.dictionaryPayload[\"message\"] as? String ?? "
      "\"\"\n"
      "        try? item.write(toFile: \"message\", atomically: true, "
      "encoding: "
      ".utf8)\n"
      "        completion()\n";
  WrittenProject P({{"App/Pushes.swift", swiftPushes(Stores)},
                    {"App/AppDelegate.swift", SwiftDelegate},
                    {"App/Calls.swift", Calls}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_EQ(P.Sets[0].Fix, "move-to-notification-service");
  EXPECT_TRUE(contains(P.Sets[0].Why, "The handler reports no calls"));
  EXPECT_TRUE(contains(P.Files["App/Pushes.swift"],
                       "        receivePush(payload.dictionaryPayload, "
                       "completion: completion)\n    }\n"))
      << P.Files["App/Pushes.swift"];
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());

  // A handler that connects for a call that comes later is there for calls.
  WrittenProject Connects(
      {{"App/Pushes.swift",
        swiftPushes(
            "        AVAudioSession.sharedInstance().setActive(true)\n" +
            Stores)},
       {"App/AppDelegate.swift", SwiftDelegate},
       {"App/Calls.swift", Calls}});
  Connects.fix({S::Move});
  EXPECT_TRUE(Connects.Sets.empty());
}

TEST(LeavePushKit, WhatIsShownGoesToTheExtensionByOneFix) {
  WrittenProject P(
      {{"App/Pushes.swift",
        "import UserNotifications\n" +
            swiftPushes(
                "        let content = UNMutableNotificationContent()\n"
                "        content.body = payload.dictionaryPayload[\"text\"] "
                "as? "
                "String ?? \"\"\n"
                "        UNUserNotificationCenter.current().add("
                "UNNotificationRequest(identifier: \"m\", content: content, "
                "trigger: nil))\n"
                "        completion()\n")}});
  P.fix({S::Extension, S::Move});
  ASSERT_EQ(P.Sets.size(), 2u) << P.Problems;
  for (const FixSet &Set : P.Sets) {
    EXPECT_EQ(Set.Fix, "leave-pushkit");
    std::set<std::string> Closes;
    for (unsigned I : Set.Findings)
      Closes.insert(P.Findings[I].first);
    EXPECT_EQ(Closes, (std::set<std::string>{"ringfence-message-work",
                                             "ringfence-push-without-calls"}));
  }
  EXPECT_TRUE(contains(P.Files["App/Pushes.swift"],
                       "MessageNotification().fill(content, from: "
                       "payload.dictionaryPayload)"))
      << P.Files["App/Pushes.swift"];
  P.fix({S::Extension, S::Move});
  EXPECT_TRUE(P.Sets.empty());
}
