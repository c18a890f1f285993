//===-- ReportAndEndSwiftTest.cpp - report-and-end, from Swift to Swift --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallProject.h"
#include "SwiftDelegate.h"
#include "gtest/gtest.h"

using namespace ringfence;

/// The helper as it stands behind the handler.
static const std::string Helper =
    "\n"
    "    /// Reports a call and ends it at once, for a VoIP push that leads to "
    "no call:\n"
    "    /// iOS terminates an app that receives such a push and reports "
    "none.\n"
    "    private func reportAndEndCall(\n"
    "        uuid: UUID = UUID(),\n"
    "        reason: CXCallEndedReason = .failed,\n"
    "        completion: (() -> Void)? = nil\n"
    "    ) {\n"
    "        let update = CXCallUpdate()\n"
    "        update.remoteHandle = CXHandle(type: .generic, value: "
    "\"Unknown\")\n"
    "        provider.reportNewIncomingCall(with: uuid, update: update) { _ "
    "in\n"
    "            self.provider.reportCall(with: uuid, endedAt: nil, reason: "
    "reason)\n"
    "            completion?()\n"
    "        }\n"
    "    }\n";

/// \p Body after the fix, in a delegate that has its helper.
static std::string fixedDelegate(std::string Body) {
  std::string All = delegate(std::move(Body));
  All.insert(All.rfind("}\n"), Helper);
  return All;
}

TEST(ReportAndEndSwift, GuardOnOneLine) {
  EXPECT_EQ(
      fixed("A.swift",
            delegate("        guard let id = payload.id else { completion(); "
                     "return }\n" +
                     Report)),
      fixedDelegate("        guard let id = payload.id else { "
                    "reportAndEndCall(completion: completion); return }\n" +
                    Report));
}

TEST(ReportAndEndSwift, GuardWithMoreToDo) {
  EXPECT_EQ(fixed("A.swift", delegate("        guard let id = payload.id else "
                                      "{\n"
                                      "            // Should not happen.\n"
                                      "            log(\"no id\")\n"
                                      "            // Tell PushKit.\n"
                                      "            completion()\n"
                                      "            return\n"
                                      "        }\n" +
                                      Report)),
            fixedDelegate("        guard let id = payload.id else {\n"
                          "            // Tell PushKit.\n"
                          "            reportAndEndCall(completion: "
                          "completion)\n"
                          "            // Should not happen.\n"
                          "            log(\"no id\")\n"
                          "            return\n"
                          "        }\n" +
                          Report));
}

TEST(ReportAndEndSwift, MissingElse) {
  EXPECT_EQ(fixed("A.swift", delegate("        let id = UUID()\n"
                                      "        if payload.isCall {\n    " +
                                      Report + "        }\n")),
            fixedDelegate("        let id = UUID()\n"
                          "        if payload.isCall {\n    " +
                          Report +
                          "        } else {\n"
                          "            reportAndEndCall()\n"
                          "        }\n"));
}

TEST(ReportAndEndSwift, EarlyReturnsAreFollowedByTheReport) {
  EXPECT_EQ(fixed("A.swift", delegate("        let id = UUID()\n"
                                      "        if payload.isCall {\n    " +
                                      Report +
                                      "            return\n"
                                      "        }\n"
                                      "        sync()\n"
                                      "        completion()\n")),
            fixedDelegate("        let id = UUID()\n"
                          "        if payload.isCall {\n    " +
                          Report +
                          "            return\n"
                          "        }\n"
                          "        reportAndEndCall(completion: "
                          "completion)\n"
                          "        sync()\n"));
}

TEST(ReportAndEndSwift, SwitchArms) {
  EXPECT_EQ(fixed("A.swift", delegate("        let id = UUID()\n"
                                      "        switch payload.kind {\n"
                                      "        case \"call\":\n    " +
                                      Report +
                                      "        case \"message\":\n"
                                      "            show(payload)\n"
                                      "            completion()\n"
                                      "        default: break\n"
                                      "        }\n")),
            fixedDelegate("        let id = UUID()\n"
                          "        switch payload.kind {\n"
                          "        case \"call\":\n    " +
                          Report +
                          "        case \"message\":\n"
                          "            reportAndEndCall(completion: "
                          "completion)\n"
                          "            show(payload)\n"
                          "        default:\n"
                          "            reportAndEndCall()\n"
                          "            break\n"
                          "        }\n"));
}

TEST(ReportAndEndSwift, CallOfPushEndsItsOwnCall) {
  EXPECT_EQ(
      fixed("A.swift",
            delegate("        let id = UUID()\n"
                     "        if payload.isCancel {\n"
                     "            let callID = payload.callID\n"
                     "            provider.reportCall(with: callID, endedAt: "
                     "nil, reason: .remoteEnded)\n"
                     "            completion()\n"
                     "            return\n"
                     "        }\n" +
                     Report)),
      fixedDelegate("        let id = UUID()\n"
                    "        if payload.isCancel {\n"
                    "            let callID = payload.callID\n"
                    "            reportAndEndCall(uuid: callID, reason: "
                    ".remoteEnded, completion: completion)\n"
                    "            provider.reportCall(with: callID, endedAt: "
                    "nil, reason: .remoteEnded)\n"
                    "            return\n"
                    "        }\n" +
                    Report));
}

TEST(ReportAndEndSwift, CallThatMayBeNamedEndsAsItIsNamed) {
  EXPECT_EQ(
      fixed("A.swift",
            delegate("        let id = UUID()\n"
                     "        let info = payload.dictionaryPayload\n"
                     "        if info[\"event\"] as? String == \"hangup\" {\n"
                     "            log(info)\n"
                     "            if let call = UUID(uuidString: info[\"id\"] "
                     "as? String ?? \"\") {\n"
                     "                calls.end(call)\n"
                     "            }\n"
                     "            completion()\n"
                     "            return\n"
                     "        }\n" +
                     Report)),
      fixedDelegate("        let id = UUID()\n"
                    "        let info = payload.dictionaryPayload\n"
                    "        if info[\"event\"] as? String == \"hangup\" {\n"
                    "            log(info)\n"
                    "            reportAndEndCall(uuid: UUID(uuidString: "
                    "info[\"id\"] as? String ?? \"\") ?? UUID(), reason: "
                    ".remoteEnded, completion: completion)\n"
                    "            if let call = UUID(uuidString: info[\"id\"] "
                    "as? String ?? \"\") {\n"
                    "                calls.end(call)\n"
                    "            }\n"
                    "            return\n"
                    "        }\n" +
                    Report));
}

TEST(ReportAndEndSwift, CallWhoseTextIsUnwrappedTooIsNamedByThePush) {
  std::string After = fixed(
      "A.swift",
      delegate("        let id = UUID()\n"
               "        let info = payload.dictionaryPayload\n"
               "        if info[\"event\"] as? String == \"over\" {\n"
               "            if let text = info[\"id\"] as? String, "
               "let call = UUID(uuidString: text) {\n"
               "                provider.reportCall(with: call, endedAt: nil, "
               "reason: .remoteEnded)\n"
               "            }\n"
               "            completion()\n"
               "            return\n"
               "        }\n" +
               Report));
  EXPECT_NE(After.find("== \"over\" {\n"
                       "            reportAndEndCall(uuid: (info[\"id\"] as? "
                       "String).flatMap(UUID.init(uuidString:)) ?? UUID(), "
                       "reason: .remoteEnded, completion: completion)\n"
                       "            if let text"),
            std::string::npos)
      << After;
}

TEST(ReportAndEndSwift, NothingIsReportedWhereCallKitIsNotSupported) {
  std::string Text =
      delegate("        guard CallKitManager.isSupported else {\n"
               "            completion()\n"
               "            return\n"
               "        }\n" +
               Report);
  SmallProject P({{"A.swift", Text}});
  ASSERT_EQ(P.Findings.size(), 1u);
  EXPECT_TRUE(P.proposals().empty());
  EXPECT_EQ(P.Findings[0].Advice,
            "where CallKit may not be used, .voIP must not be registered: send "
            "alert pushes there");
}

TEST(ReportAndEndSwift, TheReportStandsBehindTheQuestionForCallKit) {
  std::string After =
      fixed("A.swift", delegate("        guard let id = payload.id else {\n"
                                "            if !CallKitManager.isSupported {\n"
                                "                ring()\n"
                                "                return\n"
                                "            }\n"
                                "            connect()\n"
                                "            return\n"
                                "        }\n" +
                                Report));
  EXPECT_NE(After.find("                ring()\n"
                       "                return\n"
                       "            }\n"
                       "            reportAndEndCall()\n"
                       "            connect()\n"),
            std::string::npos)
      << After;
}

TEST(ReportAndEndSwift, ProviderOfWhatTheCallManagerHolds) {
  std::map<std::string, std::string> Files = {
      {"Provider.swift", "import CallKit\n"
                         "\n"
                         "final class Provider {\n"
                         "    private let provider = CXProvider()\n"
                         "}\n"},
      {"Calls.swift", "final class Calls {\n"
                      "    var delegate: Provider!\n"
                      "}\n"},
      {"A.swift", delegate("        guard let id = payload.id else {\n"
                           "            completion()\n"
                           "            return\n"
                           "        }\n" +
                           Report)}};
  std::string &Pushes = Files["A.swift"];
  Pushes.replace(Pushes.find("provider: CXProvider"), 20, "calls: Calls");
  std::map<std::string, std::string> After = fixedFiles(Files);
  EXPECT_NE(After["A.swift"].find("            calls.delegate.reportAndEndCall("
                                  "completion: completion)\n"),
            std::string::npos)
      << After["A.swift"];
  // What other types may not see is no way.
  Files["Calls.swift"].insert(Files["Calls.swift"].find("var"), "private ");
  SmallProject P(Files);
  EXPECT_NE(P.after(P.proposals())["A.swift"].find("<#CXProvider#>"),
            std::string::npos);
}

TEST(ReportAndEndSwift, CallThatIsNamedByItsOwnConditionOnlyIsNotKnown) {
  const std::string Arm =
      "            if let text = decode(payload), let call = UUID(uuidString: "
      "text) {\n"
      "                calls.end(call)\n"
      "            }\n";
  EXPECT_EQ(fixed("A.swift", delegate("        let id = UUID()\n"
                                      "        if payload.isHangup {\n" +
                                      Arm +
                                      "            completion()\n"
                                      "            return\n"
                                      "        }\n" +
                                      Report)),
            fixedDelegate("        let id = UUID()\n"
                          "        if payload.isHangup {\n"
                          "            reportAndEndCall(completion: "
                          "completion)\n" +
                          Arm +
                          "            return\n"
                          "        }\n" +
                          Report));
}

TEST(ReportAndEndSwift, OneReportCoversWhatLiesBehindIt) {
  EXPECT_EQ(
      fixed("A.swift", delegate("        guard type == .voIP else { return }\n"
                                "        guard let a = payload.a else {\n"
                                "            completion()\n"
                                "            return\n"
                                "        }\n"
                                "        sync(a)\n"
                                "        completion()\n")),
      fixedDelegate("        guard type == .voIP else { return }\n"
                    "        reportAndEndCall()\n"
                    "        guard let a = payload.a else {\n"
                    "            completion()\n"
                    "            return\n"
                    "        }\n"
                    "        sync(a)\n"
                    "        completion()\n"));
}

TEST(ReportAndEndSwift, ArmsThatRunOnShareTheReportBehindThem) {
  EXPECT_EQ(fixed("A.swift", delegate("        let id = UUID()\n"
                                      "        if payload.isCall {\n    " +
                                      Report +
                                      "            return\n"
                                      "        } else if payload.isMessage {\n"
                                      "            sync()\n"
                                      "        }\n"
                                      "        completion()\n")),
            fixedDelegate("        let id = UUID()\n"
                          "        if payload.isCall {\n    " +
                          Report +
                          "            return\n"
                          "        } else if payload.isMessage {\n"
                          "            sync()\n"
                          "        }\n"
                          "        reportAndEndCall(completion: "
                          "completion)\n"));
}

TEST(ReportAndEndSwift, NestedConditionsGetOneReport) {
  EXPECT_EQ(fixed("A.swift", delegate("        if let a = payload.a {\n"
                                      "            if a.isNew {\n"
                                      "                sync(a)\n"
                                      "            }\n"
                                      "        }\n")),
            fixedDelegate("        reportAndEndCall()\n"
                          "        if let a = payload.a {\n"
                          "            if a.isNew {\n"
                          "                sync(a)\n"
                          "            }\n"
                          "        }\n"));
}

TEST(ReportAndEndSwift, OwnerIsReachedByItsSingleton) {
  std::string Delegate =
      "import PushKit\r\n"
      "\r\n"
      "extension App: PKPushRegistryDelegate {\r\n"
      "\tfunc pushRegistry(_ registry: PKPushRegistry, "
      "didReceiveIncomingPushWith payload: PKPushPayload, for type: "
      "PKPushType, completion: @escaping () -> Void) {\r\n"
      "\t\tif let id = payload.id {\r\n"
      "\t\t\tCalls.shared.report(id)\r\n"
      "\t\t}\r\n"
      "\t\tcompletion()\r\n"
      "\t}\r\n"
      "}";
  std::string Calls = "import CallKit\n"
                      "\n"
                      "class Calls {\n"
                      "  static let shared = Calls()\n"
                      "  private var provider: CXProvider?\n"
                      "\n"
                      "  func report(_ id: UUID) {\n"
                      "    self.provider?.reportNewIncomingCall(with: id, "
                      "update: CXCallUpdate()) { _ in }\n"
                      "    self.tell()\n"
                      "  }\n"
                      "}\n";
  auto Fixed = fixedFiles({{"App.swift", Delegate}, {"Calls.swift", Calls}});
  std::string WantedDelegate = Delegate;
  WantedDelegate.insert(WantedDelegate.find("\r\n\t\tcompletion()"),
                        " else {\r\n"
                        "\t\t\tCalls.shared.reportAndEndCall()\r\n"
                        "\t\t}");
  EXPECT_EQ(Fixed["App.swift"], WantedDelegate);
  std::string WantedCalls = Calls;
  WantedCalls.insert(
      WantedCalls.rfind("}\n"),
      "\n"
      "  /// Reports a call and ends it at once, for a VoIP push that leads to "
      "no call:\n"
      "  /// iOS terminates an app that receives such a push and reports "
      "none.\n"
      "  func reportAndEndCall(\n"
      "    uuid: UUID = UUID(),\n"
      "    reason: CXCallEndedReason = .failed,\n"
      "    completion: (() -> Void)? = nil\n"
      "  ) {\n"
      "    let update = CXCallUpdate()\n"
      "    update.remoteHandle = CXHandle(type: .generic, value: "
      "\"Unknown\")\n"
      "    self.provider?.reportNewIncomingCall(with: uuid, update: update) { "
      "_ "
      "in\n"
      "      self.provider?.reportCall(with: uuid, endedAt: nil, reason: "
      "reason)\n"
      "      completion?()\n"
      "    }\n"
      "  }\n");
  EXPECT_EQ(Fixed["Calls.swift"], WantedCalls);
}

TEST(ReportAndEndSwift, WithoutAProviderThereIsNothingToReportWith) {
  std::string Text = delegate("        guard let id = payload.id else { "
                              "return }\n"
                              "        sync(id)\n");
  Text.replace(Text.find("CXProvider"), 10, "SyncEngine");
  SmallProject P({{"A.swift", Text}});
  EXPECT_TRUE(P.proposals().empty());
  ASSERT_FALSE(P.Findings.empty());
  EXPECT_EQ(P.Findings[0].Advice,
            "the project has no CXProvider to report a call with");
}

TEST(ReportAndEndSwift, NoReportWhereTheProviderIsMissing) {
  std::string Text =
      delegate("        guard let provider = provider else { return }\n"
               "        provider.reportNewIncomingCall(with: UUID(), update: "
               "CXCallUpdate()) { _ in completion() }\n");
  Text.replace(Text.find("let provider: CXProvider"), 24,
               "var provider: CXProvider?");
  SmallProject P({{"A.swift", Text}});
  EXPECT_TRUE(P.proposals().empty());
  for (const Finding &F : P.Findings)
    EXPECT_EQ(F.Advice, "there is no provider to report with: make it when the "
                        "app launches");
}

TEST(ReportAndEndSwift, NamesNeverClash) {
  std::string Text = delegate("        guard let id = payload.id else { "
                              "return }\n" +
                              Report);
  Text.insert(Text.find("    func pushRegistry"),
              "    func reportAndEndCall(_ name: String) {}\n\n");
  std::string Fixed = fixed("A.swift", Text);
  EXPECT_NE(Fixed.find("private func reportAndEndPlaceholderCall("),
            std::string::npos);
}

static const std::string StateGuard = "ringfence-state-guard";

TEST(ReportExisting, RunningCallIsReportedAgain) {
  std::string After = fixed("A.swift",
                            delegate("        if let call = currentCall {\n"
                                     "            completion()\n"
                                     "            return\n"
                                     "        }\n" +
                                     Report)
                                .insert(delegate("").find("    func"),
                                        "    var currentCall: UUID?\n"),
                            StateGuard);
  EXPECT_NE(After.find("        if let call = currentCall {\n"
                       "            reportRunningCall(uuid: call, completion: "
                       "completion)\n"
                       "            return\n"),
            std::string::npos)
      << After;
  EXPECT_NE(After.find("if error == nil {"), std::string::npos);
}

/// What a handler that is told so by \p Asked makes of a call that \p Calls, a
/// class of the project, keeps.
static std::string again(std::string Calls, std::string Asked) {
  return fixedFiles({{"A.swift", "import CallKit\nimport PushKit\n" + Calls +
                                     delegate("        if " + Asked +
                                              " {\n"
                                              "            completion()\n"
                                              "            return\n"
                                              "        }\n" +
                                              Report)
                                         .substr(30)}},
                    StateGuard)["A.swift"];
}

TEST(ReportExisting, CallThatAnotherObjectKeepsIsTheRunningOne) {
  const std::string Call = "final class Call {\n    let uuid: UUID\n}\n";
  std::string After = again(Call + "final class Calls {\n"
                                   "    static let shared = Calls()\n"
                                   "    var currentCall: Call?\n"
                                   "}\n",
                            "Calls.shared.hasActiveCall");
  EXPECT_NE(After.find("reportRunningCall(uuid: Calls.shared.currentCall?.uuid "
                       "?? UUID(), completion: completion)"),
            std::string::npos)
      << After;
  After = again("final class Calls {\n"
                "    static let shared = Calls()\n"
                "    var activeCallUUID: UUID?\n"
                "}\n",
                "Calls.shared.activeCallUUID != nil");
  EXPECT_NE(After.find("reportRunningCall(uuid: Calls.shared.activeCallUUID ?? "
                       "UUID(), completion: completion)"),
            std::string::npos)
      << After;
}

TEST(ReportExisting, CallThatIsPrivateToAnotherTypeOfAnotherFileIsNotNamed) {
  std::string After =
      fixedFiles({{"Calls.swift", "final class Calls {\n"
                                  "    static let shared = Calls()\n"
                                  "    private var activeCallUUID: UUID?\n"
                                  "}\n"},
                  {"A.swift", delegate("        if Calls.shared.hasActiveCall "
                                       "{\n"
                                       "            completion()\n"
                                       "            return\n"
                                       "        }\n" +
                                       Report)}},
                 StateGuard)["A.swift"];
  EXPECT_NE(After.find("            reportAndEndCall(completion: completion)"),
            std::string::npos)
      << After;
}

TEST(ReportExisting, CallThatTheArmUpdatesIsTheRunningOne) {
  std::string After =
      fixed("A.swift",
            delegate("        if let known = activeCalls[payload.id] {\n"
                     "            provider.reportCall(with: known.uuid, "
                     "updated: CXCallUpdate())\n"
                     "            completion()\n"
                     "            return\n"
                     "        }\n" +
                     Report),
            StateGuard);
  EXPECT_NE(After.find("            reportRunningCall(uuid: known.uuid, "
                       "completion: completion)\n"
                       "            provider.reportCall(with: known.uuid"),
            std::string::npos)
      << After;
}

static const std::string NewCall =
    "        provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) "
    "{ _ in completion() }\n";

TEST(ReportAndEndSwift, CallThatIsKnownAlreadyIsReportedAgain) {
  std::string After =
      fixed("A.swift", delegate("        let id = UUID()\n"
                                "        if known.contains(id) {\n"
                                "            completion()\n"
                                "            return\n"
                                "        }\n" +
                                NewCall));
  EXPECT_NE(After.find("            reportRunningCall(uuid: id, completion: "
                       "completion)\n"),
            std::string::npos)
      << After;
  EXPECT_EQ(After.find("reportAndEndCall"), std::string::npos);
}

TEST(ReportAndEndSwift, CallThatAHelperEndsIsTheOneReported) {
  std::string Text = delegate("        switch Event(payload) {\n"
                              "        case .incoming(let id):\n"
                              "    " +
                              NewCall +
                              "        case .over(let id):\n"
                              "            stop(id, why: 1)\n"
                              "        case .other(let name):\n"
                              "            rename(name)\n"
                              "        }\n");
  Text.insert(Text.rfind("}\n"),
              "    func stop(_ call: UUID, why: Int) { end(call) }\n"
              "    func end(_ call: UUID) {\n"
              "        provider.reportCall(with: call, endedAt: nil, reason: "
              ".remoteEnded)\n"
              "    }\n"
              "    func rename(_ name: String) {\n"
              "        provider.reportCall(with: name, endedAt: nil, reason: "
              ".remoteEnded)\n"
              "    }\n");
  std::string After = fixed("A.swift", Text);
  EXPECT_NE(After.find("            reportAndEndCall(uuid: id, reason: "
                       ".remoteEnded)\n"
                       "            stop(id, why: 1)\n"),
            std::string::npos)
      << After;
  EXPECT_NE(After.find("            reportAndEndCall()\n"
                       "            rename(name)\n"),
            std::string::npos);
}

TEST(ReportAndEndSwift, UUIDThatAGuardMakesIsNotThereWhereItFails) {
  std::string After = fixed(
      "A.swift", delegate("        guard let id = UUID(uuidString: text), "
                          "known.contains(id) else {\n"
                          "            completion()\n"
                          "            return\n"
                          "        }\n" +
                          NewCall));
  EXPECT_NE(
      After.find("            reportAndEndCall(completion: completion)\n"),
      std::string::npos)
      << After;
  EXPECT_EQ(After.find("reportRunningCall"), std::string::npos);
}

TEST(ReportAndEndSwift, ConditionOnSomethingElseKnowsNoCall) {
  std::string After =
      fixed("A.swift", delegate("        let id = UUID()\n"
                                "        if known.contains(identity) {\n"
                                "            completion()\n"
                                "            return\n"
                                "        }\n" +
                                NewCall));
  EXPECT_EQ(After.find("reportRunningCall"), std::string::npos) << After;
}

TEST(ReportAndEndSwift, NoReportBehindAnSDKThatCallsTheAppBack) {
  std::string Text =
      delegate("        if let client = client {\n"
               "            "
               "TwilioVoiceSDK.handleNotification(payload.dictionaryPayload, "
               "delegate: self, delegateQueue: nil)\n"
               "        }\n"
               "        completion()\n");
  Text.insert(Text.rfind("}\n"),
              "    func callInviteReceived(callInvite: CallInvite) {\n"
              "        provider.reportNewIncomingCall(with: callInvite.uuid, "
              "update: CXCallUpdate()) { _ in }\n"
              "    }\n");
  std::string After = fixed("A.swift", Text);
  EXPECT_NE(After.find("delegateQueue: nil)\n"
                       "        } else {\n"
                       "            reportAndEndCall()\n"
                       "        }\n"
                       "        completion()\n"),
            std::string::npos)
      << After;
}

TEST(ReportAndEndSwift, AConstantMadeOfTheRegionIsAGate) {
  SmallProject P({{"Region.swift",
                   "let canUseCallKit = Locale.current.regionCode != \"CN\"\n"},
                  {"A.swift", delegate("        if canUseCallKit {\n    " +
                                       Report + "        }\n")}});
  ASSERT_EQ(P.Findings.size(), 1u);
  EXPECT_TRUE(P.proposals().empty());
  EXPECT_EQ(P.Findings[0].Advice,
            "where CallKit may not be used, .voIP must not be registered: send "
            "alert pushes there");
}
