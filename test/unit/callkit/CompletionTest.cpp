//===-- CompletionTest.cpp - modern-handler and call-completion --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallProject.h"
#include "gtest/gtest.h"

using namespace ringfence;

static constexpr llvm::StringRef Legacy = "ringfence-legacy-handler";
static constexpr llvm::StringRef NotCalled = "ringfence-completion-not-called";

static std::string swift(llvm::StringRef Parameters, llvm::StringRef Body) {
  return ("import CallKit\n"
          "import PushKit\n"
          "\n"
          "final class Pushes: NSObject, PKPushRegistryDelegate {\n"
          "    let provider: CXProvider\n"
          "\n"
          "    func pushRegistry(_ registry: PKPushRegistry, "
          "didReceiveIncomingPushWith payload: PKPushPayload, for type: "
          "PKPushType" +
          Parameters + ") {\n" + Body + "    }\n}\n")
      .str();
}
static const std::string With = ", completion: @escaping () -> Void";

static std::string modern(llvm::StringRef Body) {
  return fixed("A.swift", swift("", Body), Legacy);
}
static std::string completed(llvm::StringRef Body) {
  return fixed("A.swift", swift(With, Body), NotCalled);
}

static std::string objc(llvm::StringRef Parameters, llvm::StringRef Body) {
  return ("#import <CallKit/CallKit.h>\n"
          "#import <PushKit/PushKit.h>\n"
          "@interface Pushes : NSObject <PKPushRegistryDelegate>\n"
          "@property (nonatomic) CXProvider *provider;\n"
          "@end\n"
          "@implementation Pushes\n"
          "- (void)pushRegistry:(PKPushRegistry *)registry "
          "didReceiveIncomingPushWithPayload:(PKPushPayload *)payload "
          "forType:(PKPushType)type" +
          Parameters + " {\n" + Body + "}\n@end\n")
      .str();
}
static const std::string WithObjC =
    " withCompletionHandler:(void (^)(void))completion";

TEST(ModernHandler, EveryWayOutCallsTheHandlerOnce) {
  EXPECT_EQ(modern("        guard let id = payload.id else { return }\n"
                   "        if id.isEmpty {\n"
                   "            log()\n"
                   "            return\n"
                   "        }\n"
                   "        provider.reportNewIncomingCall(with: id, update: "
                   "CXCallUpdate()) { error in\n"
                   "            guard error == nil else { return }\n"
                   "            connect()\n"
                   "        }\n"),
            swift(With,
                  "        guard let id = payload.id else { completion(); "
                  "return }\n"
                  "        if id.isEmpty {\n"
                  "            log()\n"
                  "            completion()\n"
                  "            return\n"
                  "        }\n"
                  "        provider.reportNewIncomingCall(with: id, update: "
                  "CXCallUpdate()) { error in\n"
                  "            guard error == nil else { completion(); "
                  "return }\n"
                  "            connect()\n"
                  "            completion()\n"
                  "        }\n"));
}

TEST(ModernHandler, ArmsThatReportCallItThereTheOthersWhereTheyEnd) {
  EXPECT_EQ(modern("        if let id = payload.id {\n"
                   "            provider.reportNewIncomingCall(with: id, "
                   "update: CXCallUpdate()) { _ in done() }\n"
                   "        } else if payload.isMessage {\n"
                   "            sync()\n"
                   "        }\n"),
            swift(With, "        if let id = payload.id {\n"
                        "            provider.reportNewIncomingCall(with: id, "
                        "update: CXCallUpdate()) { _ in\n"
                        "                done()\n"
                        "                completion()\n"
                        "            }\n"
                        "        } else if payload.isMessage {\n"
                        "            sync()\n"
                        "            completion()\n"
                        "        } else {\n"
                        "            completion()\n"
                        "        }\n"));
}

TEST(ModernHandler, ProviderThatMayBeMissingIsNotReliedOn) {
  EXPECT_EQ(modern("        self.calls?.provider.reportNewIncomingCall(with: "
                   "UUID(), update: CXCallUpdate()) { _ in }\n"),
            swift(With, "        self.calls?.provider.reportNewIncomingCall("
                        "with: UUID(), update: CXCallUpdate()) { _ in }\n"
                        "        completion()\n"));
}

TEST(ModernHandler, TakesAnotherNameWhereTheUsualOneIsTaken) {
  EXPECT_EQ(modern("        let completion = 5\n"
                   "        report(completion)\n"),
            swift(", completion completionHandler: @escaping () -> Void",
                  "        let completion = 5\n"
                  "        report(completion)\n"
                  "        completionHandler()\n"));
}

TEST(ModernHandler, EmptyMethodAndObjectiveCName) {
  std::string Text = swift("", "");
  Text.insert(Text.find("    func"),
              "    @objc(pushRegistry:didReceiveIncomingPushWithPayload:"
              "forType:)\n");
  std::string After = swift(With, "        completion()\n");
  After.insert(After.find("    func"),
               "    @objc(pushRegistry:didReceiveIncomingPushWithPayload:"
               "forType:withCompletionHandler:)\n");
  EXPECT_EQ(fixed("A.swift", Text, Legacy), After);
}

TEST(ModernHandler, CallersHandOverACompletionHandler) {
  std::map<std::string, std::string> Files = {
      {"A.swift", swift("", "        log()\n")},
      {"B.swift", "import PushKit\n"
                  "func replay(_ pushes: Pushes, _ r: PKPushRegistry, _ p: "
                  "PKPushPayload) {\n"
                  "    pushes.pushRegistry(r, didReceiveIncomingPushWith: p, "
                  "for: .voIP)\n"
                  "}\n"}};
  std::map<std::string, std::string> After = fixedFiles(Files, Legacy);
  EXPECT_EQ(After["B.swift"],
            "import PushKit\n"
            "func replay(_ pushes: Pushes, _ r: PKPushRegistry, _ p: "
            "PKPushPayload) {\n"
            "    pushes.pushRegistry(r, didReceiveIncomingPushWith: p, for: "
            ".voIP, completion: {})\n"
            "}\n");
}

TEST(ModernHandler, ObjectiveCGuardsTheCallAndKeepsArmsWithoutBraces) {
  EXPECT_EQ(
      fixed("A.m",
            objc("", "    if (!payload.dictionaryPayload) return;\n"
                     "    [self.provider reportNewIncomingCallWithUUID:[NSUUID "
                     "UUID] update:[CXCallUpdate new] "
                     "completion:^(NSError *error) { NSLog(@\"%@\", error); "
                     "}];\n"),
            Legacy),
      objc(WithObjC,
           "    if (!payload.dictionaryPayload) {\n"
           "        if (completion) completion();\n"
           "        return;\n"
           "    }\n"
           "    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] "
           "update:[CXCallUpdate new] completion:^(NSError *error) {\n"
           "        NSLog(@\"%@\", error);\n"
           "        if (completion) completion();\n"
           "    }];\n"));
}

TEST(CallCompletion, OnlyWaysThatLackTheCallGetIt) {
  EXPECT_EQ(completed("        guard let id = payload.id else { return }\n"
                      "        if id.isOld {\n"
                      "            completion()\n"
                      "            return\n"
                      "        }\n"
                      "        provider.reportNewIncomingCall(with: id, "
                      "update: CXCallUpdate()) { _ in completion() }\n"),
            swift(With, "        guard let id = payload.id else { "
                        "completion(); return }\n"
                        "        if id.isOld {\n"
                        "            completion()\n"
                        "            return\n"
                        "        }\n"
                        "        provider.reportNewIncomingCall(with: id, "
                        "update: CXCallUpdate()) { _ in completion() }\n"));
}

TEST(CallCompletion, ClosureThatCallsItOnSomeWaysCallsItOnAll) {
  EXPECT_EQ(completed("        provider.reportNewIncomingCall(with: UUID(), "
                      "update: CXCallUpdate()) { error in\n"
                      "            if error == nil {\n"
                      "                completion()\n"
                      "            }\n"
                      "        }\n"
                      "        guard ready else { return }\n"),
            swift(With, "        provider.reportNewIncomingCall(with: UUID(), "
                        "update: CXCallUpdate()) { error in\n"
                        "            if error == nil {\n"
                        "                completion()\n"
                        "            } else {\n"
                        "                completion()\n"
                        "            }\n"
                        "        }\n"
                        "        guard ready else { return }\n"));
}

TEST(CallCompletion, SwitchArmsThatRunOn) {
  EXPECT_EQ(completed("        switch payload.kind {\n"
                      "        case \"call\":\n"
                      "            report(completion)\n"
                      "        case \"sync\": sync()\n"
                      "        default: break\n"
                      "        }\n"),
            swift(With, "        switch payload.kind {\n"
                        "        case \"call\":\n"
                        "            report(completion)\n"
                        "        case \"sync\":\n"
                        "            sync()\n"
                        "            completion()\n"
                        "        default:\n"
                        "            completion()\n"
                        "            break\n"
                        "        }\n"));
}

TEST(CallCompletion, LaterCallsAreNotMadeTwice) {
  SmallProject P(
      {{"A.swift", swift(With, "        if let calls = calls {\n"
                               "            calls.take(payload, completion)\n"
                               "        }\n"
                               "        if isNew {\n"
                               "            completion()\n"
                               "        }\n")}},
      NotCalled);
  ASSERT_EQ(P.Findings.size(), 1u);
  EXPECT_TRUE(P.proposals().empty());
}

TEST(CallCompletion, AQuestionThatIsGivenTheHandlerCallsIt) {
  std::string Text =
      swift(With, "        if !calls.take(payload, completion) {\n"
                  "            print(1)\n"
                  "        }\n"
                  "        if isNew {\n"
                  "            completion()\n"
                  "        }\n");
  Text.insert(Text.find("    let provider"), "    let calls: Calls\n");
  Text +=
      "struct Calls {\n"
      "    func take(_ payload: PKPushPayload, _ done: @escaping () -> Void) "
      "-> Bool {\n"
      "        guard payload.id != nil else { return false }\n"
      "        later { done() }\n"
      "        return true\n"
      "    }\n"
      "}\n";
  SmallProject P({{"A.swift", Text}}, NotCalled);
  EXPECT_EQ(P.Findings.size(), 1u);
  for (const FixSet &S : P.proposals())
    for (const Edit &E : S.Edits)
      EXPECT_EQ(E.Text.find("else {\n            completion()"),
                std::string::npos)
          << E.Text;
}

TEST(ModernHandler, NameOfAnEarlySwiftSDKGoesWithTheForm) {
  std::string Text = swift("", "        log()\n");
  Text.replace(Text.find("for type"), 3, "forType");
  EXPECT_EQ(fixed("A.swift", Text, Legacy),
            swift(With, "        log()\n        completion()\n"));
}

TEST(CallCompletion, WayThatMayHaveCalledItAlreadyIsLeftAlone) {
  SmallProject P(
      {{"A.swift", swift(With, "        while let next = queue.next() {\n"
                               "            completion()\n"
                               "            break\n"
                               "        }\n"
                               "        finish()\n")}},
      NotCalled);
  ASSERT_EQ(P.Findings.size(), 1u);
  EXPECT_TRUE(P.proposals().empty());
  EXPECT_EQ(P.Findings[0].Advice, "line 12 is reached both with and without a "
                                  "call of the completion handler");
}

TEST(CallCompletion, ObjectiveCCallsItAsTheMethodDoes) {
  EXPECT_EQ(fixed("A.m",
                  objc(WithObjC, "    if (!payload.dictionaryPayload) {\n"
                                 "        completion();\n"
                                 "        return;\n"
                                 "    }\n"
                                 "    [self sync];\n"),
                  NotCalled),
            objc(WithObjC, "    if (!payload.dictionaryPayload) {\n"
                           "        completion();\n"
                           "        return;\n"
                           "    }\n"
                           "    [self sync];\n"
                           "    completion();\n"));
}
