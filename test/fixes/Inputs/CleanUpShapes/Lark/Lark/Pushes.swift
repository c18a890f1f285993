import CallKit
import Foundation
import PushKit
import UserNotifications

/// Receives the pushes of the account that is signed in.
final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        if info["kind"] as? String == "message" {
            show(info)
            completion()
        } else {
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }

    /// Shows a message that has come over the connection of the open app.
    func received(_ message: [AnyHashable: Any]) {
        show(message)
    }

    private func show(_ info: [AnyHashable: Any]) {
        let content = UNMutableNotificationContent()
        content.title = info["sender"] as? String ?? "New message"
        content.body = info["text"] as? String ?? ""
        let request = UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil)
        UNUserNotificationCenter.current().add(request)
    }
}
