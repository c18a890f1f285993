import PushKit
import UIKit
import UserNotifications

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let handler = PushHandler()
    private let registry = PKPushRegistry(queue: .main)

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .sound]) { _, _ in }
        registry.delegate = handler
        registry.desiredPushTypes = [.voIP]
        return true
    }
}
