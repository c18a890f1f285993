import UIKit
import UserNotifications

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    var window: UIWindow?

    private let calls = CallManager()
    private lazy var pushes = PushService(calls: calls)

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        let center = UNUserNotificationCenter.current()
        center.requestAuthorization(options: [.alert, .badge, .sound]) { _, _ in }

        pushes.start()

        let window = UIWindow()
        let first = Settings.shared.account == nil ? SettingsViewController() : ConversationListViewController()
        window.rootViewController = UINavigationController(rootViewController: first)
        window.makeKeyAndVisible()
        self.window = window
        return true
    }
}
