import PushKit
import UIKit

@UIApplicationMain
final class FinchDelegate: UIResponder, UIApplicationDelegate, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)
    private let server = Server()

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
        return true
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {
        server.register(voipToken: pushCredentials.token)
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        UserDefaults.standard.set(payload.dictionaryPayload["unread"], forKey: "unread")
        completion()
    }
}

final class Server {
    func register(voipToken: Data) {}
}
