import PushKit
import UIKit

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let handler = PushHandler()
    private let registry = PKPushRegistry(queue: .main)

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        registry.delegate = handler
        registry.desiredPushTypes = [.voIP]
        return true
    }
}
