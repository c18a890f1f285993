import PushKit
import UIKit

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let registry = PKPushRegistry(queue: .main)

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        registry.delegate = PushHandler.shared
        registry.desiredPushTypes = [.voIP]
        return true
    }
}
