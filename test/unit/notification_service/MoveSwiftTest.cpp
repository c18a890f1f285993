//===-- MoveSwiftTest.cpp - message work of Swift handlers ----------------===//
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

final class MessageCipher {
    func open(_ body: String) throws -> String { return body }
}
)";

/// A handler whose message arm holds \p Arm, on a type with \p Members.
std::string handler(std::string Arm, std::string Members) {
  return R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
)" + Members +
         R"(
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        let id = info["id"] as? String ?? ""
        switch info["kind"] as? String {
        case "message":
)" + Arm +
         R"(            UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: id, content: content, trigger: nil))
            completion()
        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }
}
)";
}

const char *PlainArm = R"(            // Bodies are encrypted.
            let text = try? cipher.open(info["body"] as? String ?? "")
            let content = UNMutableNotificationContent()
            content.title = info["sender"] as? String ?? "New message"
            content.body = text ?? "Encrypted message"
)";

WrittenProject plain() {
  return WrittenProject(
      {{"App/Pushes.swift",
        handler(PlainArm, "    private let cipher = MessageCipher()\n")},
       {"App/MessageCipher.swift", Cipher}});
}

TEST(MoveToNotificationService, SharesWhatFillsTheContent) {
  WrittenProject P = plain();
  std::string Before = P.Files["App/Pushes.swift"];
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_EQ(P.Sets[0].A, Applicability::Review);
  EXPECT_EQ(P.Files["App/MessageNotification.swift"], R"(import Foundation
import UserNotifications

/// What a message push shows. Used by the notification service and, until the
/// server sends alert pushes only, by the VoIP handler.
struct MessageNotification {
    private let cipher = MessageCipher()

    func fill(_ content: UNMutableNotificationContent, from info: [AnyHashable: Any]) {
        let id = info["id"] as? String ?? ""
        guard info["kind"] as? String == "message" else { return }
        // Bodies are encrypted.
        let text = try? cipher.open(info["body"] as? String ?? "")
        content.title = info["sender"] as? String ?? "New message"
        content.body = text ?? "Encrypted message"
        // What the request was called; the system names a pushed one itself.
        content.userInfo["notificationIdentifier"] = id
    }
}
)");
  std::string Expected = Before;
  std::string Old = PlainArm;
  Expected.replace(Expected.find(Old), Old.size(),
                   "            let content = UNMutableNotificationContent()\n"
                   "            MessageNotification().fill(content, from: "
                   "info)\n");
  EXPECT_EQ(P.Files["App/Pushes.swift"], Expected);
  EXPECT_NE(P.Files["AppNotificationService/NotificationService.swift"].find(
                "messageNotification.fill(delivery.content, from: "
                "request.content.userInfo)"),
            std::string::npos);
}

TEST(MoveToNotificationService, ExtensionAndMoveComeTogether) {
  WrittenProject P = plain();
  P.fix({S::Extension, S::Move});
  EXPECT_EQ(P.Sets.size(), 2u);
  WrittenProject Q = plain();
  Q.fix({S::Extension});
  EXPECT_EQ(Q.Sets.size(), 1u);
  EXPECT_EQ(Q.Files.count("AppNotificationService/Info.plist"), 1u);
  EXPECT_EQ(Q.Files["AppNotificationService/NotificationService.swift"].find(
                ".fill("),
            std::string::npos);
  Q.fix({S::Move});
  EXPECT_EQ(Q.Sets.size(), 1u) << Q.Problems;
  // One step after the other comes to the same files.
  EXPECT_EQ(P.Files, Q.Files);
}

TEST(MoveToNotificationService, ASecondRunChangesNothing) {
  WrittenProject P = plain();
  P.fix({S::Extension, S::Move});
  std::map<std::string, std::string> Once = P.Files;
  P.fix({S::Extension, S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_EQ(P.Files, Once);
}

TEST(MoveToNotificationService, CopiesMethodsAndRecomputesGuards) {
  WrittenProject P(
      {{"App/Pushes.swift",
        handler(
            R"(            guard let sender = info["sender"] as? String else {
                completion()
                return
            }
            let content = UNMutableNotificationContent()
            content.title = title(for: sender)
            if let group = info["group"] as? String {
                content.subtitle = group
            } else {
                content.subtitle = ""
            }
)",
            R"(
    private func title(for sender: String) -> String {
        return prefix + sender
    }
    private let prefix: String = "From "
)")}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_EQ(P.Files["App/MessageNotification.swift"], R"(import Foundation
import UserNotifications

/// What a message push shows. Used by the notification service and, until the
/// server sends alert pushes only, by the VoIP handler.
struct MessageNotification {
    private let prefix: String = "From "

    func fill(_ content: UNMutableNotificationContent, from info: [AnyHashable: Any]) {
        let id = info["id"] as? String ?? ""
        guard info["kind"] as? String == "message" else { return }
        guard let sender = info["sender"] as? String else { return }
        content.title = title(for: sender)
        if let group = info["group"] as? String {
            content.subtitle = group
        } else {
            content.subtitle = ""
        }
        // What the request was called; the system names a pushed one itself.
        content.userInfo["notificationIdentifier"] = id
    }

    private func title(for sender: String) -> String {
        return prefix + sender
    }
}
)");
}

TEST(MoveToNotificationService, SaysWhatBlocksIt) {
  auto Advice = [](std::string Arm, std::string Members) {
    WrittenProject P({{"App/Pushes.swift", handler(Arm, Members)},
                      {"App/MessageCipher.swift", Cipher}});
    P.fix({S::Move});
    EXPECT_TRUE(P.Sets.empty());
    return P.advice("ringfence-message-work");
  };
  std::string Content =
      "            let content = UNMutableNotificationContent()\n";
  EXPECT_NE(Advice(Content + "            content.body = store.text\n",
                   "    var store: Store\n")
                .find("'store' is set from outside"),
            std::string::npos);
  EXPECT_NE(Advice(Content + "            content.body = \"\\(unread)\"\n",
                   "    var unread = 0\n    func more() { unread += 1 }\n")
                .find("'unread' changes while the app runs"),
            std::string::npos);
  EXPECT_NE(Advice(Content + "            content.badge = "
                             "NSNumber(value: UIApplication.shared."
                             "applicationIconBadgeNumber + 1)\n",
                   "")
                .find("UIApplication may not be used in an app extension"),
            std::string::npos);
  EXPECT_NE(Advice(Content + "            decorate(content, with: self)\n", "")
                .find("the object itself is passed on"),
            std::string::npos);
}

// One text for all pushes may stand only over those that it was meant for.
TEST(MoveToNotificationService, AConstantTextNeedsAGuard) {
  std::string Guarded =
      handler("            let content = UNMutableNotificationContent()\n"
              "            content.body = \"You have news\"\n",
              "    var kind: String? = nil\n");
  WrittenProject P({{"App/Pushes.swift", Guarded}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_NE(P.Files["App/MessageNotification.swift"].find(
                "        guard info[\"kind\"] as? String == \"message\" else { "
                "return }\n        content.body = \"You have news\"\n"),
            std::string::npos)
      << P.Files["App/MessageNotification.swift"];

  llvm::StringRef Asked = "switch info[\"kind\"] as? String";
  std::string Open = Guarded;
  Open.replace(Open.find(Asked.str()), Asked.size(), "switch kind");
  WrittenProject Q({{"App/Pushes.swift", Open}});
  Q.fix({S::Move});
  EXPECT_TRUE(Q.Sets.empty());
  // Though the request's identifier is made of the push.
  EXPECT_NE(Q.advice("ringfence-message-work")
                .find("what it shows is not made of the push"),
            std::string::npos)
      << Q.advice("ringfence-message-work");
}

// That a push has a sender, or is no call, holds for pushes of every kind.
TEST(MoveToNotificationService, AGuardForAConstantTextTellsTheKind) {
  auto Sets = [](llvm::StringRef Question) {
    std::string Code =
        handler("            let content = UNMutableNotificationContent()\n"
                "            content.body = \"You have news\"\n",
                "");
    auto Put = [&](llvm::StringRef What, std::string By) {
      Code.replace(Code.find(What.str()), What.size(), By);
    };
    Put("switch info[\"kind\"] as? String {\n        case \"message\":",
        "if " + Question.str() + " {");
    Put("default:", "} else {");
    WrittenProject P({{"App/Pushes.swift", Code}});
    P.fix({S::Move});
    return P.Sets.size();
  };
  EXPECT_EQ(Sets("info[\"kind\"] as? String == \"message\""), 1u);
  EXPECT_EQ(Sets("info[\"kind\"] != nil"), 0u);
  EXPECT_EQ(Sets("info[\"kind\"] as? String != \"call\""), 0u);
  EXPECT_EQ(Sets("info[\"kind\"] as? String == info[\"from\"] as? String"), 0u);
}

TEST(MoveToNotificationService, SeveralNotificationsAreToldApart) {
  std::string Arm = "            let content = UNMutableNotificationContent()\n"
                    "            content.body = info[\"text\"] as? String ?? "
                    "\"\"\n";
  std::string Code = handler(Arm, "    var isQuiet = false\n");
  std::string More =
      "        if isQuiet {\n"
      "            let note = UNMutableNotificationContent()\n"
      "            note.body = info[\"text\"] as? String ?? \"\"\n"
      "            UNUserNotificationCenter.current().add("
      "UNNotificationRequest(identifier: id, content: note, trigger: nil))\n"
      "            completion()\n"
      "            return\n"
      "        }\n";
  Code.insert(Code.find("        switch info"), More);
  WrittenProject P({{"App/Pushes.swift", Code}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  // The guarded one moves, though it is the second.
  EXPECT_NE(P.Files["App/MessageNotification.swift"].find("guard info"),
            std::string::npos);
  EXPECT_NE(P.Files["App/Pushes.swift"].find("note.body = info"),
            std::string::npos);

  // Without a question that the push answers, neither may fill every alert.
  llvm::StringRef Asked = "switch info[\"kind\"] as? String";
  Code.replace(Code.find(Asked.str()), Asked.size(), "switch kindOfPush");
  llvm::StringRef Flag = "    var isQuiet = false\n";
  Code.insert(Code.find(Flag.str()), "    var kindOfPush = \"message\"\n");
  WrittenProject Q({{"App/Pushes.swift", Code}});
  Q.fix({S::Move});
  EXPECT_TRUE(Q.Sets.empty());
  EXPECT_NE(
      Q.advice("ringfence-message-work").find("2 different notifications"),
      std::string::npos)
      << Q.advice("ringfence-message-work");
}

// What the switch asks about is a constant: the moved code makes it anew.
TEST(MoveToNotificationService, TheQuestionOfASwitchMovesAlong) {
  std::string Code = handler(PlainArm, "    let cipher = MessageCipher()\n");
  llvm::StringRef Asked = "        switch info[\"kind\"] as? String {";
  Code.replace(Code.find(Asked.str()), Asked.size(),
               "        guard let kind = info[\"kind\"] as? String else {\n"
               "            completion()\n"
               "            return\n"
               "        }\n"
               "        switch kind {");
  WrittenProject P(
      {{"App/Pushes.swift", Code}, {"App/MessageCipher.swift", Cipher}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_NE(P.Files["App/MessageNotification.swift"].find(
                "        guard let kind = info[\"kind\"] as? String else { "
                "return }\n"
                "        guard kind == \"message\" else { return }\n"),
            std::string::npos)
      << P.Files["App/MessageNotification.swift"];
}

TEST(MoveToNotificationService, NotificationsThatThePushTellsApartAllMove) {
  std::string Arm = "            let content = UNMutableNotificationContent()\n"
                    "            content.body = info[\"text\"] as? String ?? "
                    "\"\"\n";
  std::string Code = handler(Arm, "");
  auto Second = [](llvm::StringRef Question) {
    return "        " + Question.str() +
           "\n"
           "            let note = UNMutableNotificationContent()\n"
           "            note.body = \"Missed call\"\n"
           "            UNUserNotificationCenter.current().add("
           "UNNotificationRequest(identifier: id, content: note, trigger: nil))"
           "\n            completion()\n";
  };
  std::string Told = Code;
  Told.insert(Told.find("        default:"), Second("case \"missed\":"));
  WrittenProject P({{"App/Pushes.swift", Told}});
  P.fix({S::Extension, S::Move});
  const std::string &Handler = P.Files["App/Pushes.swift"];
  EXPECT_NE(Handler.find("MessageNotification().fill(content, from: info)"),
            std::string::npos)
      << Handler << P.Problems;
  EXPECT_NE(Handler.find("MissedNotification().fill(note, from: info)"),
            std::string::npos);
  EXPECT_NE(
      P.Files["App/MissedNotification.swift"].find(
          "guard info[\"kind\"] as? String == \"missed\" else { return }"),
      std::string::npos);
  EXPECT_NE(P.Files["AppNotificationService/NotificationService.swift"].find(
                "        messageNotification.fill(delivery.content, from: "
                "request.content.userInfo)\n"
                "        missedNotification.fill(delivery.content, from: "
                "request.content.userInfo)\n"),
            std::string::npos);

  // A push may lead to both: the second would overwrite the first.
  std::string Both = Code;
  Both.insert(Both.find("        switch info"),
              Second("if info[\"missed\"] as? String == \"yes\" {") +
                  "        }\n");
  WrittenProject Q({{"App/Pushes.swift", Both}});
  Q.fix({S::Move});
  ASSERT_EQ(Q.Sets.size(), 1u) << Q.Problems;
  EXPECT_EQ(Q.Files.count("App/MissedNotification.swift") +
                Q.Files.count("App/YesNotification.swift"),
            0u);
}

/// A handler whose switch has \p Cases, on a type with \p Members.
std::string dispatcher(const std::string &Cases, const std::string &Members) {
  return R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        switch info["kind"] as? String {
)" + Cases +
         R"(        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }

)" + Members +
         "}\n";
}

const char *ShowsTwoTexts =
    R"(    private func show(title: String, body: String?) {
        let content = UNMutableNotificationContent()
        content.title = title
        content.body = body ?? "New message"
        let request = UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil)
        UNUserNotificationCenter.current().add(request)
    }
)";

TEST(MoveToNotificationService, WhatAHelperIsGivenIsComputedInTheExtension) {
  WrittenProject P({{"App/Pushes.swift",
                     dispatcher(R"(        case "message":
            let sender = info["sender"] as? String ?? "Unknown"
            let text = cipher.open(info["text"] as? String)
            show(title: sender, body: text)
            completion()
)",
                                "    private let cipher = MessageCipher()\n\n" +
                                    std::string(ShowsTwoTexts))},
                    {"App/MessageCipher.swift", R"(import Foundation

final class MessageCipher {
    func open(_ text: String?) -> String? { text }
}
)"}});
  std::string Before = P.Files["App/Pushes.swift"];
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_EQ(P.Files["App/MessageNotification.swift"], R"(import Foundation
import UserNotifications

/// What a message push shows: the same as the VoIP handler's local
/// notification, which goes once the server sends alert pushes only.
struct MessageNotification {
    private let cipher = MessageCipher()

    func fill(_ content: UNMutableNotificationContent, from info: [AnyHashable: Any]) {
        guard info["kind"] as? String == "message" else { return }
        let sender = info["sender"] as? String ?? "Unknown"
        let text = cipher.open(info["text"] as? String)
        let title: String = sender
        let body: String? = text
        content.title = title
        content.body = body ?? "New message"
    }
}
)");
  EXPECT_EQ(P.Files["App/Pushes.swift"], Before) << "old servers need it";
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty()) << "a second run has nothing to add";
}

TEST(MoveToNotificationService, AnArgumentMayNeedNothingThatStaysBehind) {
  const std::string Case = R"(        case "message":
            show(title: info["sender"] as? String ?? "", body: draft)
            completion()
)";
  WrittenProject P({{"App/Pushes.swift",
                     dispatcher(Case, "    weak var draft: NSString?\n\n" +
                                          std::string(ShowsTwoTexts))}});
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_NE(
      P.advice("ringfence-message-work").find("'draft' is a weak reference"),
      std::string::npos)
      << P.advice("ringfence-message-work");
}

TEST(MoveToNotificationService, AHelperCalledInTwoArmsIsToldApart) {
  WrittenProject P({{"App/Pushes.swift", dispatcher(R"(        case "message":
            show(title: "Message", body: info["text"] as? String)
            completion()
        case "voicemail":
            show(title: "Voicemail", body: nil)
            completion()
)",
                                                    ShowsTwoTexts)}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_NE(P.Files["App/MessageNotification.swift"].find(
                "guard info[\"kind\"] as? String == \"message\""),
            std::string::npos)
      << "another kind of alert keeps its own text";
  EXPECT_TRUE(llvm::is_contained(
      P.Sets[0].LeftToDo, "'show' shows other pushes too, which the extension "
                          "leaves as the server sends them."));
}

TEST(MoveToNotificationService, TheCallersQuestionIsAskedForADictionaryToo) {
  WrittenProject P(
      {{"App/Pushes.swift",
        dispatcher(R"(        case "message":
            show(info)
            completion()
)",
                   R"(    private func show(_ push: [AnyHashable: Any]) {
        let content = UNMutableNotificationContent()
        content.body = push["text"] as? String ?? "New message"
        let request = UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil)
        UNUserNotificationCenter.current().add(request)
    }
)")}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_NE(P.Files["App/MessageNotification.swift"].find(
                "from push: [AnyHashable: Any]) {\n"
                "        guard push[\"kind\"] as? String == \"message\" else { "
                "return }\n"
                "        content.body = push["),
            std::string::npos)
      << P.Files["App/MessageNotification.swift"];
  EXPECT_NE(P.Files["App/Pushes.swift"].find(
                "MessageNotification().fill(content, from: push)"),
            std::string::npos);
}

TEST(MoveToNotificationService, ABadgeAloneBecomesThePushedOne) {
  WrittenProject P({{"App/Pushes.swift", dispatcher(R"(        case "message":
            if let unread = info["unread"] as? Int {
                UIApplication.shared.applicationIconBadgeNumber = unread
            }
            completion()
)",
                                                    "")}});
  std::string Before = P.Files["App/Pushes.swift"];
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_NE(P.Files["App/MessageNotification.swift"].find(
                "        guard info[\"kind\"] as? String == \"message\" else { "
                "return }\n"
                "        guard let unread = info[\"unread\"] as? Int else { "
                "return }\n"
                "        content.badge = NSNumber(value: unread)\n"
                "    }\n"),
            std::string::npos)
      << P.Files["App/MessageNotification.swift"];
  EXPECT_EQ(P.Files["App/Pushes.swift"], Before);
}

TEST(MoveToNotificationService, StandardDefaultsNeedTheAppGroup) {
  std::string Arm = "            let content = UNMutableNotificationContent()\n"
                    "            content.title = "
                    "UserDefaults.standard.string(forKey: \"name\") ?? \"\"\n"
                    "            content.body = "
                    "info[\"text\"] as? String ?? \"\"\n";
  WrittenProject P({{"App/Pushes.swift", handler(Arm, "")}});
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_EQ(P.Sets[0].A, Applicability::Placeholders);
  EXPECT_NE(P.Files["App/MessageNotification.swift"].find(
                "(UserDefaults(suiteName: \"<#app group#>\") ?? .standard)"),
            std::string::npos);
  WrittenProject Q({{"App/Pushes.swift", handler(Arm, "")}});
  Q.Options.AppGroup = "group.org.example";
  Q.fix({S::Move});
  ASSERT_EQ(Q.Sets.size(), 1u) << Q.Problems;
  EXPECT_EQ(Q.Sets[0].A, Applicability::Review);
  EXPECT_NE(Q.Files["App/MessageNotification.swift"].find(
                "suiteName: \"group.org.example\""),
            std::string::npos);
}

} // namespace
