import CallKit
import Foundation
import PushKit
import UserNotifications

final class PushReceiver: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private let names: Names

    init(provider: CXProvider, names: Names) {
        self.provider = provider
        self.names = names
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        if info["kind"] as? String == "message" {
            let content = UNMutableNotificationContent()
            content.title = names.name(of: info["from"] as? String ?? "")
            content.body = info["text"] as? String ?? ""
            let request = UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil)
            UNUserNotificationCenter.current().add(request)
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
