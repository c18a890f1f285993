// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-message-work' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit
import UserNotifications

final class Shows: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "message" {
            let content = UNMutableNotificationContent()
            content.title = payload.dictionaryPayload["sender"] as? String ?? ""
            let request = UNNotificationRequest(identifier: "message", content: content, trigger: nil)
            // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}notification service extension{{.*}}[ringfence-message-work]
            UNUserNotificationCenter.current().add(request)
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}

// A call is reported, and nothing else is done.
final class Reports: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
