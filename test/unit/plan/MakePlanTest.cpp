//===-- MakePlanTest.cpp - plans of small trees ---------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/Scratch.h"
#include "tool/plan/MigrationPlan.h"
#include "llvm/ADT/STLExtras.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::test;

namespace {

/// The plan of a tree with one file.
MigrationPlan planOf(const std::string &File, const std::string &Text) {
  Scratch Tree;
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

} // namespace
