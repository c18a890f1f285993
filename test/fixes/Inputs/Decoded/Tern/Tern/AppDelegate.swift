import CallKit
import Foundation
import PushKit
import UIKit
import UserNotifications

@main
final class AppDelegate: UIResponder, UIApplicationDelegate, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        return true
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        defer { completion() }
        do {
            let data = try JSONSerialization.data(withJSONObject: payload.dictionaryPayload)
            let push = try JSONDecoder().decode(Push.self, from: data)
            switch push.kind {
            case .ring:
                provider.reportNewIncomingCall(with: push.id, update: CXCallUpdate()) { _ in }
            case .chat:
                notify(push)
            }
        } catch {
            NSLog("%@", "a push that is none: \(error)")
        }
    }

    private func notify(_ push: Push) {
        let content = UNMutableNotificationContent()
        content.title = push.sender
        content.body = push.text ?? "New message"
        UNUserNotificationCenter.current().add(
            UNNotificationRequest(identifier: push.id.uuidString, content: content, trigger: nil),
            withCompletionHandler: nil)
    }
}
