import BackgroundTasks
import CallKit
import PushKit
import UIKit

@main
final class AppDelegate: UIResponder, UIApplicationDelegate, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let store = Store()

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        registerTasks()
        return true
    }

    private func registerTasks() {
        let identifier = "org.example.coot.refresh"
        BGTaskScheduler.shared.register(forTaskWithIdentifier: identifier, using: .main) { [weak self] task in
            guard let self = self, let refresh = task as? BGAppRefreshTask else {
                task.setTaskCompleted(success: false)
                return
            }
            refresh.expirationHandler = { refresh.setTaskCompleted(success: false) }
            self.store.compact { refresh.setTaskCompleted(success: true) }
        }
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "sync" {
            store.synchronise {
                completion()
            }
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}

final class Store {
    func synchronise(completion: @escaping () -> Void) {
        URLSession.shared.dataTask(with: URL(string: "https://example.net/changes")!) { _, _, _ in
            completion()
        }.resume()
    }

    func compact(completion: @escaping () -> Void) {
        try? FileManager.default.removeItem(atPath: NSTemporaryDirectory())
        completion()
    }
}
