//===-- HandOverTest.cpp - calls that only decrypting shows ---------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/capture/WrittenProject.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using namespace ringfence::test;
using S = MigrationStep;

namespace {

const char *Cipher = R"(import Foundation

struct Message {
    let kind: String
    let id: UUID
    let sender: String
    let text: String
    let call: Call?
}

struct Call {
    let room: String
}

final class MessageCipher {
    func open(_ body: String) -> Message? { return decryptBody(body) }
    func parse(_ body: String) -> Message? { return nil }
}
)";

/// A handler with the statements \p Body, in a project that decrypts.
WrittenProject project(std::string Body, std::string Service = "") {
  std::map<std::string, std::string> Files = {
      {"App/MessageCipher.swift", Cipher},
      {"App/Pushes.swift", R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let cipher = MessageCipher()

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
)" + Body + R"(    }

    private func ring(_ message: Message, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
    }

    private func show(_ title: String) {
        let content = UNMutableNotificationContent()
        content.title = title
        UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "m", content: content, trigger: nil))
    }
}
)"}};
  if (!Service.empty())
    Files["Service/NotificationService.swift"] = Service;
  return WrittenProject(std::move(Files));
}

bool has(const WrittenProject &P, llvm::StringRef Fix) {
  return llvm::any_of(P.Sets,
                      [&](const FixSet &Set) { return Set.Fix == Fix; });
}

std::string pushes(const WrittenProject &P) {
  return P.Files.at("App/Pushes.swift");
}
std::string decrypts(const WrittenProject &P) {
  auto It = P.Files.find("App/DecryptedPush.swift");
  return It == P.Files.end() ? "" : It->second;
}
void expectPart(llvm::StringRef Text, llvm::StringRef Part) {
  EXPECT_TRUE(Text.contains(Part)) << Text.str();
}

} // namespace

TEST(HandOver, TheBranchThatReadsWhatWasDecryptedIsAskedInTheExtension) {
  WrittenProject P = project(
      R"(        guard let message = cipher.open(info["body"] as? String ?? "") else {
            completion()
            return
        }
        if message.kind == "message" {
            show(message.sender)
            completion()
            return
        }
        provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
)");
  P.fix({S::Move});
  EXPECT_TRUE(has(P, "hand-over-calls"));
  expectPart(decrypts(P), R"(        if message.kind != "message" {
            var handedOver: [String: Any] = [:]
            handedOver["id"] = message.id.uuidString
            return ["handedOverCall": handedOver]
        }
)");
  expectPart(pushes(P), R"(        let info = payload.dictionaryPayload
        // Decrypted and handed over by the notification service.
        if let handedOver = info["handedOverCall"] as? [String: Any],
           let id = (handedOver["id"] as? String).flatMap({ UUID(uuidString: $0) }) {
            provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in completion() }
            return
        }
        guard let message = )");
}

/// What the filler asks is no thing to do; what it cannot ask is.
TEST(HandOver, NamesTheConditionsThatAreNotAskedAlone) {
  auto ToDo = [](const char *Condition, const char *Shown) {
    WrittenProject P = project(
        std::string(
            R"(        guard let message = cipher.open(info["body"] as? String ?? "") else {
            completion()
            return
        }
        if let call = message.call {
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        } else if )") +
        Condition + " {\n            show(" + Shown +
        ")\n            completion()\n        } else {\n            "
        "completion()\n        }\n");
    P.fix({S::Move});
    EXPECT_TRUE(has(P, "hand-over-calls"));
    std::string All;
    for (const FixSet &Set : P.Sets)
      for (const std::string &Line : Set.LeftToDo)
        All += Line + "\n";
    return llvm::StringRef(All).contains("shows a message only if");
  };
  EXPECT_FALSE(ToDo("let title = Optional(message.text)", "title"));
  EXPECT_TRUE(ToDo("Settings.showsMessages", "message.text"));
}

TEST(HandOver, AnArmThatUnwrapsTheCallUnwrapsItInTheExtension) {
  WrittenProject P = project(
      R"swift(        let opened = cipher.open(info["body"] as? String ?? "")
        guard let message = opened, let call = message.call else {
            show("New message")
            completion()
            return
        }
        let update = CXCallUpdate()
        update.localizedCallerName = "\(message.sender) in \(call.room)"
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in completion() }
)swift");
  P.fix({S::Move});
  ASSERT_TRUE(has(P, "hand-over-calls")) << P.advice("ringfence-message-work");
  expectPart(decrypts(P),
             "if let message = opened, let call = message.call {\n");
  expectPart(decrypts(P), "handedOver[\"room\"] = call.room\n");
  expectPart(pushes(P), "\"\\(sender) in \\(room)\"");
}

TEST(HandOver, APushThatTellsByItselfIsMovedAsEver) {
  WrittenProject P =
      project(R"(        if info["kind"] as? String == "message" {
            let content = UNMutableNotificationContent()
            content.title = info["sender"] as? String ?? ""
            UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "m", content: content, trigger: nil))
            completion()
            return
        }
        guard let message = cipher.open(info["body"] as? String ?? "") else { return }
        provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
)");
  P.fix({S::Extension, S::Move});
  EXPECT_FALSE(has(P, "hand-over-calls"));
  EXPECT_TRUE(has(P, "move-to-notification-service"));
}

TEST(HandOver, WhatIsParsedWithoutDecryptingAServerCanTell) {
  WrittenProject P = project(
      R"(        guard let message = cipher.parse(info["body"] as? String ?? "") else { return }
        if message.kind == "message" {
            show(message.sender)
        } else {
            provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
        }
)");
  P.fix({S::Extension, S::Move});
  EXPECT_FALSE(has(P, "hand-over-calls"));
}

TEST(HandOver, AnObjectThatNoPropertyListHoldsIsAPlaceholder) {
  WrittenProject P = project(
      R"(        guard let message = cipher.open(info["body"] as? String ?? "") else { return }
        if message.kind == "message" {
            show(message.sender)
        } else {
            ring(message, completion: completion)
        }
)");
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1U);
  EXPECT_EQ(P.Sets.front().A, Applicability::Placeholders);
  expectPart(decrypts(P),
             "handedOver[\"message\"] = <#message for a property list#>\n");
  expectPart(pushes(P),
             "let message = <#message from handedOver[\"message\"]#>\n");
}

TEST(HandOver, AServiceWrittenByHandIsLeftToTheTeam) {
  WrittenProject P = project(
      R"(        guard let message = cipher.open(info["body"] as? String ?? "") else { return }
        if message.kind == "message" {
            show(message.sender)
        } else {
            provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
        }
)",
      R"(import UserNotifications

class NotificationService: UNNotificationServiceExtension {
    override func didReceive(_ request: UNNotificationRequest,
                             withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void) {
        contentHandler(request.content)
    }
}
)");
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  expectPart(P.advice("ringfence-message-work"), "was written by hand");
}

TEST(HandOver, WhatIsHandedOverOnceIsNotWrittenAgain) {
  WrittenProject P = project(
      R"(        guard let message = cipher.open(info["body"] as? String ?? "") else { return }
        if message.kind == "message" {
            show(message.sender)
        } else {
            provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
        }
)");
  P.fix({S::Extension});
  P.fix({S::Move});
  EXPECT_TRUE(has(P, "hand-over-calls"));
  P.fix({S::Extension, S::Move});
  EXPECT_TRUE(P.Sets.empty());
}

TEST(HandOver, SeveralMessagesAreLeftToTheTeamWithTheReason) {
  WrittenProject P = project(
      R"(        guard let message = cipher.open(info["body"] as? String ?? "") else { return }
        switch message.kind {
        case "message":
            show(message.sender)
        case "photo":
            let content = UNMutableNotificationContent()
            content.title = message.sender
            UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "p", content: content, trigger: nil))
        default:
            provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
        }
)");
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  expectPart(P.advice("ringfence-message-work"),
             "the handler shows 2 different notifications");
}

TEST(HandOver, APlaceholderForAMessageIsNoCall) {
  WrittenProject P = project(
      R"(        guard let message = cipher.open(info["body"] as? String ?? "") else { return }
        if message.kind == "message" {
            let id = UUID()
            provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in
                self.provider.reportCall(with: id, endedAt: nil, reason: .failed)
            }
            show(message.sender)
        } else {
            provider.reportNewIncomingCall(with: message.id, update: CXCallUpdate()) { _ in completion() }
        }
)");
  P.fix({S::Move});
  EXPECT_TRUE(has(P, "hand-over-calls"));
  EXPECT_FALSE(llvm::StringRef(decrypts(P)).contains("reportNewIncomingCall"));
}

TEST(HandOver, ALocalMadeBesideThePushIsReadWhereItStands) {
  WrittenProject P = project(
      R"(        let update = CXCallUpdate()
        guard let message = cipher.open(info["body"] as? String ?? "") else { return }
        guard message.kind == "call" else {
            show(message.sender)
            return
        }
        update.localizedCallerName = message.sender
        let room = info["room"] as? String
        update.hasVideo = room != nil
        provider.reportNewIncomingCall(with: message.id, update: update) { _ in completion() }
)");
  P.fix({S::Move});
  ASSERT_TRUE(has(P, "hand-over-calls")) << P.advice("ringfence-message-work");
  expectPart(decrypts(P), "        if message.kind == \"call\" {\n");
  // The push that is handed over does not have the keys of the first one.
  expectPart(decrypts(P),
             "handedOver[\"infoRoom\"] = info[\"room\"] as? String\n");
  expectPart(pushes(P), "let infoRoom = handedOver[\"infoRoom\"] as? String\n");
  expectPart(pushes(P), "let room = infoRoom\n");
}
