import CallKit
import Foundation
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        if info["kind"] as? String == "message" {
            show(info)
        } else {
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }

    private func show(_ info: [AnyHashable: Any]) {
        let content = UNMutableNotificationContent()
        content.title = info["sender"] as? String ?? ""
        content.body = info["body"] as? String ?? ""
        // Quiet hours.
        if UserDefaults.standard.bool(forKey: "quiet") { content.sound = nil }
        MessageStore.shared.keep(content.body)
        UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "message", content: content, trigger: nil))
    }
}

final class MessageStore {
    static let shared = MessageStore()
    private let file = FileManager.default
        .urls(for: .documentDirectory, in: .userDomainMask)[0]
        .appendingPathComponent("messages.json")
    private var messages: [String] = []

    func keep(_ text: String) {
        messages.append(text)
        save()
    }

    private func save() {
        let data = try? JSONEncoder().encode(messages)
        try? data?.write(to: file, options: .atomic)
    }
}
