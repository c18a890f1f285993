//===-- MoveTest.cpp - upkeep of handlers ---------------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/background_task/SyncingApps.h"

using namespace ringfence;
using namespace ringfence::test;
using S = MigrationStep;

namespace {

TEST(MoveToBackgroundTask, TheWorkBecomesARefreshTask) {
  WrittenProject P({{"App/AppDelegate.swift", delegate(FetchArm)},
                    {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  const std::string &Now = P.Files["App/AppDelegate.swift"];
  EXPECT_NE(Now.find("-> Bool {\n        registerBackgroundRefresh()\n"),
            std::string::npos)
      << Now;
  EXPECT_NE(Now.find("\"sync\" {\n"
                     "            scheduleBackgroundRefresh()\n"
                     "            completion()\n"
                     "            return\n"),
            std::string::npos)
      << Now;
  EXPECT_NE(
      Now.find("    private func refreshInBackground(finished: @escaping "
               "(Bool) -> Void) {\n"
               "        // Catch up with the other devices.\n"
               "        let request = URLRequest(url: URL(string: "
               "\"https://example.org/events\")!)\n"
               "        URLSession.shared.dataTask(with: request) { data, _, _ "
               "in\n"
               "            EventStore.shared.merge(data)\n"
               "            finished(true)\n"
               "        }.resume()\n"
               "    }\n"),
      std::string::npos)
      << Now;
  EXPECT_NE(Now.find("import BackgroundTasks\n"), std::string::npos);
  EXPECT_NE(P.Files["App/Info.plist"].find(
                "<string>$(PRODUCT_BUNDLE_IDENTIFIER).refresh</string>"),
            std::string::npos);
  EXPECT_NE(P.Files["App/Info.plist"].find("<string>fetch</string>"),
            std::string::npos);
  std::map<std::string, std::string> Once = P.Files;
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_EQ(P.Files, Once);
}

TEST(MoveToBackgroundTask, AWayOutOfTheMethodEndsTheTask) {
  std::string Text = delegate(
      "            URLSession.shared.dataTask(with: address).resume()\n"
      "            completion()\n");
  Text.insert(Text.find("        if payload"),
              "        guard let address = URL(string: "
              "\"https://example.org/\") else { return }\n");
  WrittenProject P(
      {{"App/AppDelegate.swift", Text}, {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  const std::string &Now = P.Files["App/AppDelegate.swift"];
  EXPECT_NE(Now.find("        guard let address = URL(string: "
                     "\"https://example.org/\") else {\n"
                     "            finished(true)\n"
                     "            return\n"
                     "        }\n"
                     "        URLSession.shared"),
            std::string::npos)
      << Now;
}

TEST(MoveToBackgroundTask, ASilentPushStartsTheWorkToo) {
  WrittenProject P({{"App/AppDelegate.swift", delegate(FetchArm)},
                    {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_NE(
      P.Files["App/AppDelegate.swift"].find(
          "    func application(_ application: UIApplication,\n"
          "                     didReceiveRemoteNotification userInfo: "
          "[AnyHashable: Any],\n"
          "                     fetchCompletionHandler completionHandler: "
          "@escaping (UIBackgroundFetchResult) -> Void) {\n"
          "        refreshInBackground { success in\n"
          "            completionHandler(success ? .newData : .failed)\n"
          "        }\n"
          "    }\n"),
      std::string::npos)
      << P.Files["App/AppDelegate.swift"];
  EXPECT_NE(
      P.Files["App/Info.plist"].find("<string>remote-notification</string>"),
      std::string::npos);
}

TEST(MoveToBackgroundTask, AReceiverOfSilentPushesIsLeftToTheTeam) {
  std::string Text = delegate(FetchArm);
  Text.insert(Text.find("    func pushRegistry"), R"(    func application(
        _ application: UIApplication, didReceiveRemoteNotification userInfo: [AnyHashable: Any]
    ) async -> UIBackgroundFetchResult { .noData }

)");
  WrittenProject P(
      {{"App/AppDelegate.swift", Text}, {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_EQ(P.Files["App/AppDelegate.swift"].find("fetchCompletionHandler"),
            std::string::npos);
  EXPECT_EQ(P.Files["App/Info.plist"].find("remote-notification"),
            std::string::npos);
  EXPECT_TRUE(llvm::any_of(P.Sets[0].LeftToDo, [](const std::string &ToDo) {
    return llvm::StringRef(ToDo).contains(
        "call refreshInBackground in AppDelegate.application(");
  }));
}

TEST(MoveToBackgroundTask, AReceiverOfAnotherTypeTakesNoPushOfTheApp) {
  WrittenProject P({{"App/AppDelegate.swift", delegate(FetchArm)},
                    {"App/Info.plist", Plist},
                    {"Other/AppDelegate.swift", R"(import UIKit

class OtherDelegate: UIResponder, UIApplicationDelegate {
    func application(_ application: UIApplication, didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                     fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void) {}
}
)"}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_NE(P.Files["App/AppDelegate.swift"].find("fetchCompletionHandler"),
            std::string::npos);
}

TEST(MoveToBackgroundTask, ASilentPushFindsTheHandlersObject) {
  WrittenProject P(keeperOf("    var pushes: Pushes?\n",
                            "        pushes = Pushes()\n"
                            "        pushes?.start()\n",
                            "DispatchQueue(label: \"pushes\")"));
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  // A queue of its own: the work may block, so it stays off the main thread.
  EXPECT_NE(P.Files["App/AppDelegate.swift"].find(
                "        guard let pushes = pushes else {\n"
                "            completionHandler(.noData)\n"
                "            return\n"
                "        }\n"
                "        DispatchQueue.global(qos: .utility).async {\n"
                "            pushes.refreshInBackground { success in\n"),
            std::string::npos)
      << P.Files["App/AppDelegate.swift"];
  EXPECT_NE(P.Files["App/Pushes.swift"].find(
                "\n    func refreshInBackground(finished:"),
            std::string::npos)
      << P.Files["App/Pushes.swift"];
}

TEST(MoveToBackgroundTask, ASwiftUIAppRegistersInItsInitialiser) {
  std::string Handler = delegate(FetchArm);
  Handler.replace(Handler.find("class AppDelegate: UIResponder, "
                               "UIApplicationDelegate,"),
                  llvm::StringRef("class AppDelegate: UIResponder, "
                                  "UIApplicationDelegate,")
                      .size(),
                  "class Pushes: NSObject,");
  std::size_t Launch = Handler.find("    func application");
  Handler.replace(Launch, Handler.find("    func pushRegistry") - Launch,
                  "    static let shared = Pushes()\n"
                  "    static let queue = DispatchQueue(label: \"pushes\")\n");
  WrittenProject P({{"App/Pushes.swift", Handler},
                    {"App/ChatApp.swift", R"(import SwiftUI

@main
struct ChatApp: App {
    init() {
        Pushes.shared.log.open()
        Log.shared.name(Pushes.shared)
        Pushes.queue.sync {}
        Pushes.shared.start()
    }

    var body: some Scene { WindowGroup { Text("") } }
}
)"},
                    {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  EXPECT_NE(P.Files["App/ChatApp.swift"].find(
                "        Pushes.shared.start()\n"
                "        Pushes.shared.registerBackgroundRefresh()\n"
                "    }\n"),
            std::string::npos)
      << P.Files["App/ChatApp.swift"];
  // Its delegate, which is written for that, takes silent pushes.
  EXPECT_NE(P.Files["App/ChatApp.swift"].find(
                "struct ChatApp: App {\n"
                "    @UIApplicationDelegateAdaptor(AppDelegate.self) private "
                "var appDelegate\n"
                "\n"
                "    init() {\n"),
            std::string::npos)
      << P.Files["App/ChatApp.swift"];
  EXPECT_NE(P.Files["App/ChatApp.swift"].find(
                "        Pushes.shared.refreshInBackground { success in\n"),
            std::string::npos)
      << P.Files["App/ChatApp.swift"];
}

TEST(MoveToBackgroundTask, AnObjectThatLaunchForgetsTakesNoSilentPush) {
  WrittenProject P(keeperOf("",
                            "        let pushes = Pushes()\n"
                            "        pushes.start()\n",
                            ".main"));
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  EXPECT_EQ(P.Files["App/AppDelegate.swift"].find("fetchCompletionHandler"),
            std::string::npos);
  EXPECT_EQ(P.Files["App/Info.plist"].find("remote-notification"),
            std::string::npos);
}

// In a closure Swift wants 'self.' in front of a member, and the method that
// the work becomes has an object for sure.
TEST(MoveToBackgroundTask, AClosureNamesItsObject) {
  auto Arm = [](std::string Captures, std::string Self) {
    return "            DispatchQueue.global().async {" + Captures + "\n" +
           "                URLSession.shared.dataTask(with: " + Self +
           "address).resume()\n"
           "                completion()\n"
           "            }\n";
  };
  for (auto [Captures, Self, Ask] :
       {std::tuple{"", "self.", "self.scheduleBackgroundRefresh()"},
        {" [weak self] in", "self?.", "self?.scheduleBackgroundRefresh()"}}) {
    std::string Text = delegate(Arm(Captures, Self));
    Text.insert(Text.find("    let provider"),
                "    let address = URL(string: \"https://example.org/\")!\n");
    WrittenProject P(
        {{"App/AppDelegate.swift", Text}, {"App/Info.plist", Plist}});
    P.fix({S::Move});
    ASSERT_EQ(P.Sets.size(), 1u)
        << P.Problems << P.advice("ringfence-background-work");
    const std::string &Now = P.Files["App/AppDelegate.swift"];
    EXPECT_NE(Now.find("                " + std::string(Ask) + "\n"),
              std::string::npos)
        << Now;
    EXPECT_NE(Now.find("        URLSession.shared.dataTask(with: "
                       "self.address).resume()\n"),
              std::string::npos)
        << Now;
  }
}

TEST(MoveToBackgroundTask, OldSystemsKeepTheOldWay) {
  WrittenProject P({{"App/AppDelegate.swift", delegate(FetchArm)},
                    {"App/Info.plist", Plist}});
  P.Options.DeploymentTarget = "12.1";
  P.Options.TaskIdentifierPrefix = "org.example.app";
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  const std::string &Now = P.Files["App/AppDelegate.swift"];
  EXPECT_NE(Now.find("            if #available(iOS 13.0, *) {\n"
                     "                scheduleBackgroundRefresh()\n"
                     "                completion()\n"
                     "            } else {\n"
                     "                // Catch up with the other devices.\n"),
            std::string::npos)
      << Now;
  EXPECT_NE(Now.find("\"org.example.app.refresh\""), std::string::npos);
  EXPECT_NE(P.Files["App/Info.plist"].find("org.example.app.refresh"),
            std::string::npos);
}

TEST(MoveToBackgroundTask, WhatWasPushedWaitsInAQueue) {
  std::string Arm =
      R"(            let since = payload.dictionaryPayload["since"] as? String ?? ""
            URLSession.shared.dataTask(with: URL(string: since)!) { _, _, _ in
                completion()
            }.resume()
)";
  WrittenProject P(
      {{"App/AppDelegate.swift", delegate(Arm)}, {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  const std::string &Now = P.Files["App/AppDelegate.swift"];
  for (llvm::StringRef Part :
       {"scheduleBackgroundRefresh(with: payload.dictionaryPayload)\n",
        "if try BackgroundRefreshQueue.append(userInfo) {\n"
        "                NSLog(\"%@\", \"oldest push dropped: too many wait "
        "for the background refresh\")\n",
        "        let since = userInfo[\"since\"] as? String ?? \"\"\n",
        "        refreshInBackground(with: userInfo) { success in\n",
        ".completeFileProtectionUntilFirstUserAuthentication"})
    EXPECT_NE(Now.find(Part.str()), std::string::npos) << Part.str() << Now;
}

TEST(MoveToBackgroundTask, APushThatCutsOffEachRunIsGivenUp) {
  std::string Arm =
      "            Cache.shared.drop(payload.dictionaryPayload[\"item\"])\n"
      "            try? FileManager.default.removeItem(atPath: \"Caches/\" + "
      "\"\\(payload.dictionaryPayload)\")\n"
      "            completion()\n";
  WrittenProject P(
      {{"App/AppDelegate.swift", delegate(Arm)}, {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  const std::string &Now = P.Files["App/AppDelegate.swift"];
  // Counted before the work begins, and only once the push could be read.
  std::size_t Read = Now.find("let data = try Data(contentsOf: waiting)\n");
  std::size_t Count = Now.find("moveItem(at: waiting, to: file)\n");
  EXPECT_NE(Count, std::string::npos) << Now;
  EXPECT_LT(Read, Count);
  EXPECT_NE(Now.find("guard push.attempts <= "
                     "BackgroundRefreshQueue.maximumAttempts else {\n"
                     "                NSLog(\"%@\", \"push given up: the "
                     "background refresh was cut off too often\")\n"),
            std::string::npos)
      << Now;
}

TEST(MoveToBackgroundTask, SaysThatABranchOfLaunchingIsNoPlaceToRegister) {
  std::string Handler = delegate(FetchArm);
  std::size_t Begin = Handler.find("    func application(");
  Handler.erase(Begin, Handler.find("    func pushRegistry") - Begin);
  Handler.replace(
      Handler.find("class AppDelegate: UIResponder, UIApplicationDelegate"),
      std::string("class AppDelegate: UIResponder, UIApplicationDelegate")
          .size(),
      "class Pushes: NSObject");
  std::string Launch = R"(import UIKit

class AppDelegate: UIResponder, UIApplicationDelegate {
    var pushes: Pushes?

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        if UserDefaults.standard.bool(forKey: "account") {
            pushes = Pushes()
        }
        return true
    }
}
)";
  WrittenProject P({{"App/AppDelegate.swift", Launch},
                    {"App/Pushes.swift", Handler},
                    {"App/Info.plist", Plist}});
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_NE(P.advice("ringfence-background-work")
                .find("in a branch only (App/AppDelegate.swift:9)"),
            std::string::npos)
      << P.advice("ringfence-background-work");
}

TEST(MoveToBackgroundTask, RegistersBesideWhatTheProjectHas) {
  std::string Own = R"(import BackgroundTasks

enum Digest {
    static func register() {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: "org.example.app.refresh", using: nil) { task in
            task.setTaskCompleted(success: true)
        }
    }
}
)";
  std::string Permitted = Plist;
  Permitted.insert(Permitted.find("\t<key>UIBackgroundModes"),
                   "\t<key>BGTaskSchedulerPermittedIdentifiers</key>\n"
                   "\t<array>\n"
                   "\t\t<string>org.example.app.refresh</string>\n"
                   "\t</array>\n");
  WrittenProject P({{"App/AppDelegate.swift", delegate(FetchArm)},
                    {"App/Digest.swift", Own},
                    {"App/Info.plist", Permitted}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  EXPECT_EQ(P.Files["App/Digest.swift"], Own);
  EXPECT_NE(P.Files["App/AppDelegate.swift"].find("\".pushed-refresh\"\n"),
            std::string::npos)
      << P.Files["App/AppDelegate.swift"];
  EXPECT_NE(P.Files["App/Info.plist"].find(
                "\t\t<string>org.example.app.refresh</string>\n"
                "\t\t<string>$(PRODUCT_BUNDLE_IDENTIFIER).pushed-refresh"
                "</string>\n"
                "\t</array>\n"),
            std::string::npos)
      << P.Files["App/Info.plist"];
}

TEST(MoveToBackgroundTask, SaysWhatBlocksIt) {
  std::string Arm = R"(            let url = fetcher.url(for: payload)
            URLSession.shared.dataTask(with: url) { _, _, _ in
                completion()
            }.resume()
)";
  WrittenProject P(
      {{"App/AppDelegate.swift", delegate(Arm)}, {"App/Info.plist", Plist}});
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_NE(P.advice("ringfence-background-work").find("used as a whole"),
            std::string::npos)
      << P.advice("ringfence-background-work");
}

TEST(MoveToBackgroundTask, LeavesWhatRunsBelow13Alone) {
  std::string Old = delegate(FetchArm);
  llvm::StringRef Asks = "if payload.dictionaryPayload";
  Old.insert(Old.find(Asks.str()), "if #available(iOS 13.0, *) {\n"
                                   "            print(\"nothing to do\")\n"
                                   "        } else ");
  WrittenProject P({{"App/AppDelegate.swift", Old}, {"App/Info.plist", Plist}});
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_NE(P.advice("ringfence-background-work").find("below iOS 13 only"),
            std::string::npos)
      << P.advice("ringfence-background-work");
}

const char *Keeper = R"(#import "AppDelegate.h"
#import "Pushes.h"

@interface AppDelegate ()
@property (nonatomic, strong) Pushes *pushes;
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)launchOptions
{
    self.pushes = [[Pushes alloc] init];
    return YES;
}

@end
)";

const char *Syncing = R"(#import "Pushes.h"
#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import "EventStore.h"

@interface Pushes () <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)catchUp
{
    for (NSString *room in [EventStore shared].rooms)
    {
        NSURL *url = [NSURL URLWithString:room];
        [[[NSURLSession sharedSession] dataTaskWithURL:url completionHandler:^(NSData *data, NSURLResponse *response, NSError *error) {
            [[EventStore shared] merge:data];
        }] resume];
    }
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion
{
    if ([payload.dictionaryPayload[@"kind"] isEqualToString:@"sync"])
    {
        [self catchUp];
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
)";

// Launch keeps the handler's object by an assignment; nothing tells when the
// work has ended; the file has its braces on lines of their own.
TEST(MoveToBackgroundTask, AsksForTheEndThatNothingTells) {
  WrittenProject P({{"App/AppDelegate.m", Keeper},
                    {"App/Pushes.h", "#import <Foundation/Foundation.h>\n\n"
                                     "@interface Pushes : NSObject\n@end\n"},
                    {"App/Pushes.m", Syncing},
                    {"App/Info.plist", Plist}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  EXPECT_EQ(P.Sets[0].A, Applicability::Placeholders);
  EXPECT_NE(P.Files["App/AppDelegate.m"].find(
                "    self.pushes = [[Pushes alloc] init];\n"
                "    [self.pushes registerBackgroundRefresh];\n"),
            std::string::npos)
      << P.Files["App/AppDelegate.m"];
  EXPECT_NE(P.Files["App/Pushes.m"].find(
                "- (void)refreshInBackground:(void (^)(BOOL success))finished\n"
                "{\n"
                "    [self catchUp];\n"
                "    <#call finished(YES) once what this starts has ended#>\n"
                "}\n"),
            std::string::npos)
      << P.Files["App/Pushes.m"];
  EXPECT_NE(P.Files["App/Pushes.h"].find("registerBackgroundRefresh;"),
            std::string::npos);
}

} // namespace
