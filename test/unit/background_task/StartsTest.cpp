//===-- StartsTest.cpp - what starts moved upkeep -*- C++ -*-===//
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

} // namespace
