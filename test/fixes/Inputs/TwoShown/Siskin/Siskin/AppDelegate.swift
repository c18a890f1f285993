import CallKit
import PushKit
import UIKit

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let registry = PKPushRegistry(queue: .main)
    private var pushes: PushReceiver?

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        let pushes = PushReceiver(provider: CXProvider(configuration: CXProviderConfiguration()))
        registry.delegate = pushes
        registry.desiredPushTypes = [.voIP]
        self.pushes = pushes
        return true
    }
}
