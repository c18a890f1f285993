import CallKit
import Foundation
import PushKit
import UserNotifications

final class PushReceiver: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        if info["kind"] as? String == "message" {
            let content = UNMutableNotificationContent()
            content.title = info["from"] as? String ?? ""
            content.body = info["text"] as? String ?? ""
            UNUserNotificationCenter.current().add(
                UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil))
            if let mention = info["mention"] as? String {
                let reminder = UNMutableNotificationContent()
                reminder.title = "You are mentioned"
                reminder.body = mention
                UNUserNotificationCenter.current().add(
                    UNNotificationRequest(identifier: mention, content: reminder, trigger: nil))
            }
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
