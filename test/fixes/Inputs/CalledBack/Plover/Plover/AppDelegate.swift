import CallKit
import Foundation
import PushKit
import UIKit
import UserNotifications

@main
final class AppDelegate: UIResponder, UIApplicationDelegate, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let names = NameBook()

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        return true
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        guard let push = Push(info) else {
            completion()
            return
        }
        switch push {
        case .ring(let id):
            provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in completion() }
        case let .chat(sender, text):
            names.find(sender) { [weak self] result in
                guard let self = self else {
                    completion()
                    return
                }
                let content = UNMutableNotificationContent()
                content.body = text
                switch result {
                case .success(let name):
                    content.title = self.title(for: name)
                case .failure:
                    content.title = sender
                }
                UNUserNotificationCenter.current().add(
                    UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil),
                    withCompletionHandler: nil)
                completion()
            }
        }
    }

    private func title(for name: String) -> String {
        return "Message from " + name
    }
}
