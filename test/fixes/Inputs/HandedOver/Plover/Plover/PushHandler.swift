import CallKit
import Foundation
import PushKit
import UserNotifications

final class PushHandler: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let cipher = EnvelopeCipher()
    private var rooms: [UUID: URL] = [:]

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard type == .voIP else {
            completion()
            return
        }
        guard let sealed = payload.dictionaryPayload["sealed"] as? String,
              let envelope = try? cipher.open(sealed) else {
            completion()
            return
        }
        switch envelope {
        case .ring(let invitation):
            // The room is joined once the call is answered.
            rooms[invitation.id] = invitation.room
            let update = CXCallUpdate()
            update.remoteHandle = CXHandle(type: .generic, value: invitation.caller)
            update.hasVideo = invitation.medium == .video
            provider.reportNewIncomingCall(with: invitation.id, update: update) { _ in }
        case .chat(let note):
            show(title: note.author, body: note.text)
        case .typing:
            NSLog("%@", "typing")
        }
        completion()
    }

    private func show(title: String, body: String?) {
        let content = UNMutableNotificationContent()
        content.title = title
        content.body = body ?? "New message"
        UNUserNotificationCenter.current().add(
            UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil),
            withCompletionHandler: nil)
    }
}
