//===-- MoveTest.cpp - upkeep of handlers ---------------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/capture/WrittenProject.h"

using namespace ringfence;
using namespace ringfence::test;
using S = MigrationStep;

namespace {

const char *Plist = R"(<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0">
<dict>
	<key>UIBackgroundModes</key>
	<array>
		<string>voip</string>
	</array>
</dict>
</plist>
)";

/// An app delegate that is its own handler; its sync arm holds \p Arm.
std::string delegate(std::string Arm) {
  return R"(import CallKit
import PushKit
import UIKit

class AppDelegate: UIResponder, UIApplicationDelegate, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        return true
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "sync" {
)" + Arm +
         R"(            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    }
}
)";
}

const char *FetchArm = R"(            // Catch up with the other devices.
            let request = URLRequest(url: URL(string: "https://example.org/events")!)
            URLSession.shared.dataTask(with: request) { data, _, _ in
                EventStore.shared.merge(data)
                completion()
            }.resume()
)";

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

/// An app delegate whose launch method keeps the handler's object as \p Kept
/// and starts it as \p Start says; the registry's queue is \p Queue.
std::map<std::string, std::string> keeperOf(std::string Kept, std::string Start,
                                            std::string Queue) {
  return {{"App/AppDelegate.swift", R"(import UIKit

class AppDelegate: UIResponder, UIApplicationDelegate {
)" + Kept + R"(
    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
)" + Start + R"(        return true
    }
}
)"},
          {"App/Pushes.swift", R"(import CallKit
import PushKit

class Pushes: NSObject, PKPushRegistryDelegate {
    let registry = PKPushRegistry(queue: )" +
                                   Queue + R"()
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "sync" {
)" + std::string(FetchArm) + R"(            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    }
}
)"},
          {"App/Info.plist", Plist}};
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
        "try BackgroundRefreshQueue.append(userInfo)\n",
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

/// What the project registers: a task for \p Identifier, an expression, with a
/// request of class \p Request and \p Handler as the launch handler's body.
std::string registration(std::string Identifier, std::string Request,
                         std::string Handler) {
  return R"(import BackgroundTasks

enum Digest {
    static let task = "org.example.app.refresh"

    static func register() {
        BGTaskScheduler.shared.register(forTaskWithIdentifier: )" +
         Identifier + R"(, using: .main) { task in
)" + Handler +
         R"(        }
    }

    static func schedule() {
        try? BGTaskScheduler.shared.submit()" +
         Request + "(identifier: " + Identifier + R"())
    }
}
)";
}

const char *Completing = "            task.setTaskCompleted(success: true)\n";

/// The upkeep of a handler whose object is a kept one, beside \p Own.
std::map<std::string, std::string> beside(std::string Own) {
  std::map<std::string, std::string> Files =
      keeperOf("", "        Pushes.shared.start()\n", ".main");
  std::string &Pushes = Files["App/Pushes.swift"];
  Pushes.insert(Pushes.find("    let registry"),
                "    static let shared = Pushes()\n");
  Files["App/Digest.swift"] = Own;
  return Files;
}

TEST(MoveToBackgroundTask, JoinsATaskForRefreshing) {
  WrittenProject P(
      beside(registration("task", "BGAppRefreshTaskRequest", Completing)));
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-background-work");
  EXPECT_NE(P.Files["App/Digest.swift"].find(
                "{ task in\n"
                "            Pushes.shared.joinBackgroundRefresh(of: task)\n"
                "            BackgroundRun.finishOtherWork(of: task, success: "
                "true)\n"),
            std::string::npos)
      << P.Files["App/Digest.swift"];
  // The constant is not visible under that name: its value is.
  EXPECT_NE(P.Files["App/Pushes.swift"].find(
                "backgroundRefreshIdentifier = \"org.example.app.refresh\"\n"),
            std::string::npos)
      << P.Files["App/Pushes.swift"];
  EXPECT_EQ(P.Files["App/AppDelegate.swift"].find("registerBackgroundRefresh"),
            std::string::npos);
  EXPECT_EQ(P.Files["App/Info.plist"].find("refresh"), std::string::npos);
  std::map<std::string, std::string> Once = P.Files;
  P.fix({S::Move});
  EXPECT_EQ(P.Files, Once);
}

// What cannot be followed is left alone; the system keeps one request for a
// refresh, so the own task is one for processing.
TEST(MoveToBackgroundTask, StandsBesideATaskThatCannotBeFollowed) {
  for (auto [Handler, Why] :
       {std::pair{"            Engine.run(task)\n",
                  "hands the task to 'run', which cannot be followed"},
        {"            last = task\n"
         "            task.setTaskCompleted(success: true)\n",
         "keeps the task in 'last'"},
        {"            print(task.identifier)\n",
         "nothing in sight completes the task"},
        {"            task.expirationHandler = stop\n"
         "            task.setTaskCompleted(success: true)\n",
         "sets an expiration handler that is no closure"}}) {
    std::string Own = registration("task", "BGAppRefreshTaskRequest", Handler);
    WrittenProject P(beside(Own));
    P.fix({S::Move});
    ASSERT_EQ(P.Sets.size(), 1u)
        << P.Problems << P.advice("ringfence-background-work");
    EXPECT_EQ(P.Files["App/Digest.swift"], Own);
    std::string Left;
    for (const std::string &ToDo : P.Sets[0].LeftToDo)
      Left += ToDo + "\n";
    EXPECT_NE(Left.find(Why), std::string::npos) << Left;
    EXPECT_NE(
        P.Files["App/Pushes.swift"].find("BGProcessingTaskRequest(identifier: "
                                         "Self.backgroundRefreshIdentifier)\n"),
        std::string::npos)
        << P.Files["App/Pushes.swift"];
    EXPECT_NE(P.Files["App/Pushes.swift"].find("+ \".pushed-refresh\"\n"),
              std::string::npos);
    EXPECT_NE(P.Files["App/Info.plist"].find("<string>processing</string>"),
              std::string::npos);
  }
}

TEST(MoveToBackgroundTask, StandsBesideATaskForProcessing) {
  std::string Own = registration("task", "BGProcessingTaskRequest", Completing);
  WrittenProject P(beside(Own));
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_EQ(P.Files["App/Digest.swift"], Own);
  EXPECT_NE(P.Files["App/Pushes.swift"].find("BGAppRefreshTaskRequest("),
            std::string::npos)
      << P.Files["App/Pushes.swift"];
}

// An identifier that only Info.plist has, and one that only a constant has.
TEST(MoveToBackgroundTask, TakesAnIdentifierThatIsFree) {
  std::map<std::string, std::string> Files = beside(
      "enum Names { static let own = \"org.example.app.pushed-refresh\" }\n");
  std::string &Plist = Files["App/Info.plist"];
  Plist.insert(Plist.find("\t<key>UIBackgroundModes"),
               "\t<key>BGTaskSchedulerPermittedIdentifiers</key>\n"
               "\t<array>\n"
               "\t\t<string>org.example.app.refresh</string>\n"
               "\t</array>\n");
  WrittenProject P(Files);
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_NE(P.Files["App/Pushes.swift"].find("\".pushed-refresh-2\"\n"),
            std::string::npos)
      << P.Files["App/Pushes.swift"];
}

// A second registration of one identifier ends the app.
TEST(MoveToBackgroundTask, TwoHandlersTakeTwoTasks) {
  std::map<std::string, std::string> Files = beside("");
  std::string Other = Files["App/Pushes.swift"];
  for (std::size_t At = Other.find("Pushes"); At != std::string::npos;
       At = Other.find("Pushes", At + 6))
    Other.replace(At, 6, "Queues");
  Files["App/Queues.swift"] = Other;
  std::string &Delegate = Files["App/AppDelegate.swift"];
  Delegate.insert(Delegate.find("        return true"),
                  "        Queues.shared.start()\n");
  WrittenProject P(Files);
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 2u)
      << P.Problems << P.advice("ringfence-background-work");
  EXPECT_NE(P.Files["App/Pushes.swift"].find("+ \".refresh\"\n"),
            std::string::npos);
  EXPECT_NE(P.Files["App/Queues.swift"].find("+ \".pushed-refresh\"\n"),
            std::string::npos)
      << P.Files["App/Queues.swift"];
  llvm::StringRef Now = P.Files["App/AppDelegate.swift"];
  EXPECT_EQ(Now.count("didReceiveRemoteNotification"), 1u) << Now.str();
  EXPECT_EQ(Now.count("registerBackgroundRefresh()"), 2u) << Now.str();
}

TEST(MoveToBackgroundTask, ASceneRunsTheTaskFromIOS16On) {
  for (auto [Target, IsOfScene] : {std::pair{"16.0", true}, {"15.4", false}}) {
    std::map<std::string, std::string> Files = beside("");
    Files.erase("App/AppDelegate.swift");
    Files["App/ChatApp.swift"] = R"(import SwiftUI

@main
struct ChatApp: App {
    init() {
        Pushes.shared.start()
    }

    var body: some Scene {
        WindowGroup {
            Text("")
        }
    }
}
)";
    WrittenProject P(Files);
    P.Options.DeploymentTarget = Target;
    P.fix({S::Move});
    ASSERT_EQ(P.Sets.size(), 1u)
        << P.Problems << P.advice("ringfence-background-work");
    const std::string &Now = P.Files["App/ChatApp.swift"];
    EXPECT_EQ(Now.find("        }\n"
                       "        .backgroundTask(.appRefresh(Pushes."
                       "backgroundRefreshIdentifier)) {\n"
                       "            await "
                       "Pushes.shared.runBackgroundRefresh()\n"
                       "        }\n"
                       "    }\n") != std::string::npos,
              IsOfScene)
        << Now;
    EXPECT_EQ(Now.find("registerBackgroundRefresh()") == std::string::npos,
              IsOfScene);
  }
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
