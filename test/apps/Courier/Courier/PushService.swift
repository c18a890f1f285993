import Foundation
import os
import PushKit
import UserNotifications

/// Receives the VoIP pushes of the server: calls, messages and requests to synchronise.
final class PushService: NSObject {
    private let registry = PKPushRegistry(queue: .main)
    private let calls: CallManager
    private let cipher = MessageCipher()
    private let registration = DeviceRegistration()
    private let log = Logger(subsystem: "net.example.courier", category: "push")

    init(calls: CallManager) {
        self.calls = calls
        super.init()
    }

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    /// Fetches what other devices have sent and read since the last time.
    private func synchronise() {
        let since = ConversationStore.shared.lastSync
        SyncClient().fetchEvents(since: since) { events in
            ConversationStore.shared.merge(events)
            ConversationStore.shared.removeExpired()
        }
    }
}

extension PushService: PKPushRegistryDelegate {
    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {
        registration.update(voipToken: pushCredentials.token)
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard type == .voIP else {
            completion()
            return
        }
        let info = payload.dictionaryPayload
        guard let kind = info["kind"] as? String else {
            log.error("push without a kind")
            completion()
            return
        }

        switch kind {
        case "call":
            guard let text = info["call"] as? String, let id = UUID(uuidString: text) else {
                log.error("call push without an id")
                completion()
                return
            }
            let caller = info["caller"] as? String ?? "Unknown"
            calls.reportIncoming(id: id, caller: caller, hasVideo: info["video"] as? Bool ?? false) {
                completion()
            }

        case "message":
            // Bodies are end-to-end encrypted; the server knows the sender only.
            let text = try? cipher.open(info["body"] as? String ?? "")
            let content = UNMutableNotificationContent()
            content.title = info["sender"] as? String ?? "New message"
            content.body = Settings.shared.showsPreviews ? text ?? "Encrypted message" : "New message"
            content.sound = .default
            content.threadIdentifier = info["conversation"] as? String ?? ""
            let request = UNNotificationRequest(identifier: info["message"] as? String ?? UUID().uuidString,
                                                content: content, trigger: nil)
            UNUserNotificationCenter.current().add(request)
            completion()

        case "sync":
            synchronise()
            completion()

        case "cancel":
            guard let text = info["call"] as? String, let id = UUID(uuidString: text) else {
                completion()
                return
            }
            calls.end(id, reason: .remoteEnded)
            completion()

        default:
            log.info("push of unknown kind \(kind)")
            completion()
        }
    }
}
