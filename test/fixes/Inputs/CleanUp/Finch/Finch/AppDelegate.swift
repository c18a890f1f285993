import UIKit

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let pushes = Pushes()

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        pushes.start()
        return true
    }
}
