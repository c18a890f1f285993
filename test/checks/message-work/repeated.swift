// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-message-work' "%s" | %FileCheck "%s"
// RUN: cd "%S" && %not %ringfence check --format json "%s" | %FileCheck "%s" --check-prefix JSON

import CallKit
import Foundation
import PushKit
import UserNotifications

// What is done the same way in several places is told once.
final class Stores: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private let folder: URL

    init(provider: CXProvider, folder: URL) {
        self.provider = provider
        self.folder = folder
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "message" {
            let content = UNMutableNotificationContent()
            content.body = payload.dictionaryPayload["text"] as? String ?? ""
            let text = Data(content.body.utf8)
            // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: uses files with {{.*}}notification service extension
            try? text.write(to: folder.appendingPathComponent("a"))
            try? text.write(to: folder.appendingPathComponent("b"))
            try? text.write(to: folder.appendingPathComponent("c"))
            UNUserNotificationCenter.current().add(
                UNNotificationRequest(identifier: "m", content: content, trigger: nil))
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
// CHECK-NOT: note: uses files
// CHECK: note: shows or takes back a notification with
// CHECK-NOT: note: uses files
// CHECK: note: and the like in 2 more places; --format json lists every step
// JSON-COUNT-3: "effect": "file"
