//===-- ReportOrderTest.cpp - reports that come late, or after work --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallProject.h"
#include "gtest/gtest.h"

using namespace ringfence;

static constexpr llvm::StringRef Late = "ringfence-late-report";
static constexpr llvm::StringRef Before = "ringfence-work-before-report";

static std::string delegate(llvm::StringRef Body, llvm::StringRef Queue = "") {
  std::string Registry;
  if (!Queue.empty())
    Registry =
        ("    let registry = PKPushRegistry(queue: " + Queue + ")\n").str();
  return ("import CallKit\n"
          "import PushKit\n"
          "\n"
          "final class Pushes: NSObject, PKPushRegistryDelegate {\n" +
          Registry +
          "    let provider: CXProvider\n"
          "\n"
          "    func pushRegistry(_ registry: PKPushRegistry, "
          "didReceiveIncomingPushWith payload: PKPushPayload, for type: "
          "PKPushType, completion: @escaping () -> Void) {\n" +
          Body + "    }\n}\n")
      .str();
}

/// Why nothing is offered for the one finding of \p Check.
static std::string advice(llvm::StringRef Check, std::string Text) {
  SmallProject P({{"A.swift", std::move(Text)}}, Check);
  EXPECT_EQ(P.Findings.size(), 1u);
  EXPECT_TRUE(P.proposals().empty());
  return P.Findings.empty() ? "" : P.Findings[0].Advice;
}

static const std::string MainHop =
    "        DispatchQueue.main.async {\n"
    "            self.provider.reportNewIncomingCall(with: payload.id, update: "
    "CXCallUpdate()) { _ in completion() }\n"
    "        }\n";

TEST(ReportNow, HopToTheMainQueueGoesWhereTheRegistryIsOnIt) {
  EXPECT_EQ(fixed("A.swift", delegate(MainHop, ".main"), Late),
            delegate("        self.provider.reportNewIncomingCall(with: "
                     "payload.id, update: CXCallUpdate()) { _ in completion() "
                     "}\n",
                     ".main"));
}

TEST(ReportNow, ElseTheReportGoesInFrontOfIt) {
  std::string After = fixed(
      "A.swift", delegate(MainHop, "DispatchQueue(label: \"push\")"), Late);
  EXPECT_NE(After.find("        let callUpdate = CXCallUpdate()\n"
                       "        callUpdate.remoteHandle = CXHandle(type: "
                       ".generic, value: \"Unknown\")\n"
                       "        self.provider.reportNewIncomingCall(with: "
                       "payload.id, update: callUpdate) { _ in completion() "
                       "}\n"),
            std::string::npos)
      << After;
  EXPECT_EQ(After.find("async"), std::string::npos) << After;
}

TEST(ReportNow, ClosureThatReturnsEarlyStaysWhereTheMethodGoesOn) {
  std::string After = fixed(
      "A.swift",
      delegate(
          "        DispatchQueue.main.async {\n"
          "            guard let name = self.names.next() else { return }\n"
          "            let update = CXCallUpdate()\n"
          "            update.localizedCallerName = name\n"
          "            self.provider.reportNewIncomingCall(with: UUID(), "
          "update: update) { _ in }\n"
          "        }\n"
          "        completion()\n",
          ".main"),
      Late);
  EXPECT_NE(After.find("            guard let name = self.names.next() else {\n"
                       "                self.provider.reportCall(with: "
                       "callUUID, endedAt: nil, reason: .failed)\n"
                       "                return\n"),
            std::string::npos)
      << After;
  EXPECT_NE(After.find("            self.provider.reportCall(with: callUUID, "
                       "updated: update)\n"),
            std::string::npos)
      << After;
}

TEST(ReportNow, CompletionThatGoesInFrontIsNotCalledBehindItToo) {
  std::string After = fixed(
      "A.swift",
      delegate("        store.load { [weak self] name in\n"
               "            guard let strongSelf = self else { completion(); "
               "return }\n"
               "            if name == nil {\n"
               "                completion()\n"
               "                return\n"
               "            }\n"
               "            let update = CXCallUpdate()\n"
               "            update.localizedCallerName = name\n"
               "            strongSelf.provider.reportNewIncomingCall(with: "
               "UUID(), update: update) { [weak self] error in\n"
               "                self?.told(error)\n"
               "                completion()\n"
               "            }\n"
               "        }\n"),
      Late);
  EXPECT_NE(After.find(" { [weak self] error in\n"
                       "            self?.told(error)\n"
                       "            completion()\n"
                       "        }\n"
                       "        store.load"),
            std::string::npos)
      << After;
  EXPECT_NE(After.find("            guard let strongSelf = self else { return "
                       "}\n"),
            std::string::npos)
      << After;
  llvm::StringRef Rest = llvm::StringRef(After).split("store.load").second;
  EXPECT_EQ(Rest.count("completion()"), 0u) << After;
}

TEST(ReportNow, UUIDThatIsKnownLaterOnlyIsLeftToTheTeam) {
  EXPECT_EQ(advice(Late, delegate("        store.load { call in\n"
                                  "            self.provider."
                                  "reportNewIncomingCall(with: call.id, "
                                  "update: CXCallUpdate()) { _ in }\n"
                                  "        }\n"
                                  "        completion()\n")),
            "the UUID of the call is known later only");
}

TEST(ReportNow, CompletionWithErrorAndAnswerIsLeftToTheTeam) {
  EXPECT_EQ(advice(Late, delegate("        store.load { call in\n"
                                  "            self.provider."
                                  "reportNewIncomingCall(with: UUID(), "
                                  "update: CXCallUpdate()) { error in\n"
                                  "                call.fail(error)\n"
                                  "            }\n"
                                  "        }\n"
                                  "        completion()\n")),
            "the report's completion looks at its error and at what is known "
            "later only");
}

TEST(ReportFirst, WhatTheReportIsMadeFromGoesAlong) {
  EXPECT_EQ(
      fixed("A.swift",
            delegate("        let id = UUID()\n"
                     "        let ready = DispatchSemaphore(value: 0)\n"
                     "        ready.wait()\n"
                     "        // Who calls.\n"
                     "        let update = CXCallUpdate()\n"
                     "        log(\"ready\")\n"
                     "        update.localizedCallerName = payload.name\n"
                     "        provider.reportNewIncomingCall(with: id, update: "
                     "update) { _ in completion() }\n"
                     "        done()\n"),
            Before),
      delegate("        let id = UUID()\n"
               "        // Who calls.\n"
               "        let update = CXCallUpdate()\n"
               "        update.localizedCallerName = payload.name\n"
               "        provider.reportNewIncomingCall(with: id, update: "
               "update) { _ in completion() }\n"
               "        let ready = DispatchSemaphore(value: 0)\n"
               "        ready.wait()\n"
               "        log(\"ready\")\n"
               "        done()\n"));
}

static std::string afterWaiting(llvm::StringRef Between) {
  return delegate(("        let ready = DispatchSemaphore(value: 0)\n"
                   "        ready.wait()\n" +
                   Between +
                   "        provider.reportNewIncomingCall(with: UUID(), "
                   "update: CXCallUpdate()) { _ in completion() }\n")
                      .str());
}

TEST(ReportFirst, QuestionWhetherThereIsACallIsNotCrossed) {
  EXPECT_EQ(advice(Before, afterWaiting("        if account.isBlocked {\n"
                                        "            fatalError()\n"
                                        "        }\n"
                                        "        if blocked { return }\n")),
            "line 13 decides whether there is a call: it stays in front of the "
            "report");
}

TEST(ReportFirst, ProviderIsMadeBeforeTheReport) {
  EXPECT_EQ(advice(Before, afterWaiting("        self.provider = "
                                        "CXProvider(configuration: c)\n")),
            "line 10 has to do with the provider: it stays in front of the "
            "report");
}
