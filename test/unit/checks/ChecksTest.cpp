//===-- ChecksTest.cpp - what is said of a handler, and how it is merged - -===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InMemoryProject.h"
#include "matchers/checks/Check.h"
#include "gtest/gtest.h"

using namespace ringfence;
using namespace ringfence::test;

namespace {

/// Judges every handler of \p P and runs the checks: "line check severity",
/// a line each.
std::string findings(InMemoryProject &P) {
  std::vector<JudgedHandler> Handlers;
  std::vector<const File *> Files;
  for (const File &F : P.files()) {
    Files.push_back(&F);
    for (const Handler &H : F.Handlers)
      Handlers.push_back({&F, &H, judge(F, H, P, Catalogue::builtin()), false});
  }
  for (JudgedHandler &J : Handlers)
    for (const JudgedHandler &O : Handlers)
      J.IsDead |= J.H->S == Signature::NoCompletion &&
                  O.H->S == Signature::Completion &&
                  O.function().Owner == J.function().Owner;
  CheckInput In{Handlers, Files, {}, P, Catalogue::builtin()};
  std::string Out;
  for (const Finding &F : runChecks(In, [](llvm::StringRef) { return true; })) {
    llvm::StringRef Id = F.Check;
    Id.consume_front("ringfence-");
    Out += std::to_string(F.At.line()) + " " + Id.str() + " " +
           nameOf(F.S).str() + "\n";
  }
  return Out;
}

std::string findings(const std::string &Body, const std::string &Members = "") {
  InMemoryProject P;
  P.add("Push.swift", R"(import PushKit
import CallKit
class Push: NSObject, PKPushRegistryDelegate {
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
)" + Body + "\n  }\n" + Members +
                          "\n}\n");
  return findings(P);
}

const char *Report =
    "    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) "
    "{ _ in }\n";

TEST(Checks, SayNothingOfAHandlerThatReportsFirst) {
  EXPECT_EQ(findings(std::string(Report) + "    completion()"), "");
}

TEST(Checks, NameTheReturnOfAnUnreportedPath) {
  EXPECT_EQ(
      findings("    guard payload.dictionaryPayload[\"id\"] != nil else {\n"
               "      completion()\n"
               "      return\n"
               "    }\n" +
               std::string(Report) + "    completion()"),
      "7 unreported-path error\n");
}

TEST(Checks, CallALateReportLateAndNothingElse) {
  EXPECT_EQ(findings("    DispatchQueue.main.async {\n  " +
                     std::string(Report) +
                     "    }\n"
                     "    completion()"),
            "8 late-report error\n");
}

TEST(Checks, LetTheStateGuardSpeakForItsExit) {
  EXPECT_EQ(findings("    if UIApplication.shared.applicationState == .active "
                     "{\n"
                     "      completion()\n"
                     "      return\n"
                     "    }\n" +
                     std::string(Report) + "    completion()"),
            "7 state-guard warning\n");
}

TEST(Checks, SendAnArmThatShowsAMessageToTheExtension) {
  EXPECT_EQ(
      findings("    if payload.dictionaryPayload[\"kind\"] as? String == "
               "\"message\" {\n" +
               std::string(Report) +
               "    } else {\n"
               "      let content = UNMutableNotificationContent()\n"
               "      UNUserNotificationCenter.current().add("
               "UNNotificationRequest(identifier: \"m\", content: content, "
               "trigger: nil))\n"
               "    }\n"
               "    completion()"),
      "9 unreported-path error\n9 message-work warning\n");
}

TEST(Checks, SendTheProjectsSyncToABackgroundTask) {
  EXPECT_EQ(findings("    if payload.dictionaryPayload[\"call\"] != nil {\n" +
                         std::string(Report) +
                         "    } else {\n"
                         "      syncSettings()\n"
                         "    }\n"
                         "    completion()",
                     "  func syncSettings() {\n"
                     "    URLSession.shared.dataTask(with: url) { _, _, _ in "
                     "}.resume()\n"
                     "  }"),
            "8 unreported-path error\n8 background-work warning\n");
}

TEST(Checks, SayOnceThatADeadFormIsDead) {
  InMemoryProject P;
  P.add("Push.m", R"(#import <PushKit/PushKit.h>
@implementation Push
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type {
  NSLog(@"old");
}
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[CXCallUpdate new] completion:^(NSError *error) { completion(); }];
}
@end
)");
  EXPECT_EQ(findings(P), "3 legacy-handler note\n");
}

TEST(Checks, AskWhyAnAppWithoutCallsTakesVoIPPushes) {
  InMemoryProject P;
  P.add("Push.swift", R"(import PushKit
class Push: NSObject, PKPushRegistryDelegate {
  let registry = PKPushRegistry(queue: .main)
  override init() {
    super.init()
    registry.delegate = self
    registry.desiredPushTypes = [.voIP]
  }
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
    print("push")
    completion()
  }
}
)");
  EXPECT_EQ(findings(P), "9 push-without-calls error\n");
}

TEST(Checks, LeaveOtherPushTypesAlone) {
  InMemoryProject P;
  P.add("Push.swift", R"(import PushKit
class Push: NSObject, PKPushRegistryDelegate {
  func start() {
    let registry = PKPushRegistry(queue: .main)
    registry.delegate = self
    registry.desiredPushTypes = [.fileProvider]
  }
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
    completion()
  }
}
)");
  EXPECT_EQ(findings(P), "");
}

TEST(Checks, StandInTheOrderOfPrecedence) {
  std::vector<std::string> Ids;
  for (const Check &C : allChecks())
    Ids.push_back(C.Id);
  EXPECT_EQ(Ids.front(), "ringfence-push-without-calls");
  EXPECT_LT(std::find(Ids.begin(), Ids.end(), "ringfence-state-guard"),
            std::find(Ids.begin(), Ids.end(), "ringfence-unreported-path"));
}

} // namespace
