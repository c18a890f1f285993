import CallKit
import Foundation
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let cipher = Cipher()

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        switch info["kind"] as? String {
        case "message":
            let identifier = info["message"] as? String ?? UUID().uuidString
            let content = UNMutableNotificationContent()
            // The server knows the sender only.
            content.title = shortened(info["sender"] as? String ?? "")
            content.body = cipher.open(info["body"] as? String ?? "")
            let request = UNNotificationRequest(identifier: identifier, content: content, trigger: nil)
            UNUserNotificationCenter.current().add(request) { error in
                if let error = error {
                    NSLog("not shown: %@", "\(error)")
                }
                completion()
            }
        case "sync":
            synchronise()
            completion()
        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
                completion()
            }
        }
    }

    private func shortened(_ text: String) -> String {
        String(text.prefix(40))
    }

    /// Fetches what other devices have done.
    private func synchronise() {
        URLSession.shared.dataTask(with: URL(string: "https://example.net/events")!) { data, _, _ in
            UserDefaults.standard.set(data, forKey: "events")
        }.resume()
    }
}
