//===-- ServiceCallTest.cpp - services written by hand --------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/capture/WrittenProject.h"

using namespace ringfence;
using namespace ringfence::test;

namespace {

const char *Pushes = R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        switch info["kind"] as? String {
        case "message":
            let content = UNMutableNotificationContent()
            content.body = info["text"] as? String ?? "New message"
            UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "", content: content, trigger: nil))
            completion()
        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }
}
)";

/// The service after the move whose delegate method holds \p Body.
std::string moved(const std::string &Body) {
  std::string Head =
      "import UserNotifications\n\n"
      "class NotificationService: UNNotificationServiceExtension {\n"
      "    var handler: ((UNNotificationContent) -> Void)?\n"
      "    var best: UNMutableNotificationContent?\n\n"
      "    override func didReceive(_ request: UNNotificationRequest, "
      "withContentHandler contentHandler: @escaping (UNNotificationContent) -> "
      "Void) {\n";
  WrittenProject P({{"App/Pushes.swift", Pushes},
                    {"Service/Service.swift", Head + Body + "    }\n}\n"}});
  P.fix({MigrationStep::Move});
  EXPECT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_EQ(P.Files.count("AppNotificationService/NotificationService.swift"),
            0u);
  std::map<std::string, std::string> Once = P.Files;
  P.fix({MigrationStep::Extension, MigrationStep::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_EQ(P.Files, Once);
  llvm::StringRef Text = Once["Service/Service.swift"];
  EXPECT_TRUE(Text.consume_front(Head));
  EXPECT_TRUE(Text.consume_back("    }\n}\n"));
  return Text.str();
}

TEST(ServiceCall, GoesIntoTheTemplatesUnwrapping) {
  EXPECT_EQ(moved("        handler = contentHandler\n"
                  "        best = (request.content.mutableCopy() as? "
                  "UNMutableNotificationContent)\n"
                  "        if let best = best {\n"
                  "            best.title = \"News: \" + best.title\n"
                  "            contentHandler(best)\n"
                  "        }\n"),
            "        handler = contentHandler\n"
            "        best = (request.content.mutableCopy() as? "
            "UNMutableNotificationContent)\n"
            "        if let best = best {\n"
            "            MessageNotification().fill(best, from: "
            "request.content.userInfo)\n"
            "            best.title = \"News: \" + best.title\n"
            "            contentHandler(best)\n"
            "        }\n");
}

TEST(ServiceCall, UnwrapsAContentThatIsKept) {
  EXPECT_EQ(moved("        best = request.content.mutableCopy() as? "
                  "UNMutableNotificationContent\n"
                  "        download(contentHandler)\n"),
            "        best = request.content.mutableCopy() as? "
            "UNMutableNotificationContent\n"
            "        if let content = best {\n"
            "            MessageNotification().fill(content, from: "
            "request.content.userInfo)\n"
            "        }\n"
            "        download(contentHandler)\n");
}

TEST(ServiceCall, TakesACopyOfTheDictionaryForNoContent) {
  EXPECT_EQ(moved("        let best = request.content.mutableCopy() as! "
                  "UNMutableNotificationContent\n"
                  "        let info = (request.content.userInfo as "
                  "NSDictionary).mutableCopy()\n"
                  "        finish(best, info, contentHandler)\n"),
            "        let best = request.content.mutableCopy() as! "
            "UNMutableNotificationContent\n"
            "        MessageNotification().fill(best, from: "
            "request.content.userInfo)\n"
            "        let info = (request.content.userInfo as "
            "NSDictionary).mutableCopy()\n"
            "        finish(best, info, contentHandler)\n");
}

TEST(ServiceCall, GoesBehindAGuardAndIntoAnIf) {
  EXPECT_EQ(moved("        guard let copy = request.content.mutableCopy() as? "
                  "UNMutableNotificationContent else {\n"
                  "            contentHandler(request.content)\n"
                  "            return\n"
                  "        }\n"
                  "        contentHandler(copy)\n"),
            "        guard let copy = request.content.mutableCopy() as? "
            "UNMutableNotificationContent else {\n"
            "            contentHandler(request.content)\n"
            "            return\n"
            "        }\n"
            "        MessageNotification().fill(copy, from: "
            "request.content.userInfo)\n"
            "        contentHandler(copy)\n");
  EXPECT_EQ(moved("        if let copy = request.content.mutableCopy() as? "
                  "UNMutableNotificationContent {\n"
                  "            contentHandler(copy)\n"
                  "        }\n"),
            "        if let copy = request.content.mutableCopy() as? "
            "UNMutableNotificationContent {\n"
            "            MessageNotification().fill(copy, from: "
            "request.content.userInfo)\n"
            "            contentHandler(copy)\n"
            "        }\n");
}

TEST(ServiceCall, IsLeftToPeopleWhereNoCopyIsMade) {
  WrittenProject P(
      {{"App/Pushes.swift", Pushes},
       {"Service/Service.swift",
        "import UserNotifications\n\n"
        "class NotificationService: UNNotificationServiceExtension {\n"
        "    override func didReceive(_ request: UNNotificationRequest, "
        "withContentHandler contentHandler: @escaping (UNNotificationContent) "
        "-> Void) {\n"
        "        Kit.handle(request, contentHandler)\n"
        "    }\n"
        "}\n"}});
  std::string Before = P.Files["Service/Service.swift"];
  P.fix({MigrationStep::Move});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_EQ(P.Files["Service/Service.swift"], Before);
  EXPECT_EQ(P.Sets[0].LeftToDo.front(),
            "Call MessageNotification().fill(content, from: "
            "request.content.userInfo) in Service/Service.swift before it "
            "hands the content back.");
}

} // namespace
