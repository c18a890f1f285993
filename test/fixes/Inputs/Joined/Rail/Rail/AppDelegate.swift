import BackgroundTasks
import UIKit

enum TaskIdentifiers {
    static let refresh = "org.example.rail.refresh"
}

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let pushes = Pushes()

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        pushes.start()
        BGTaskScheduler.shared.register(forTaskWithIdentifier: TaskIdentifiers.refresh, using: nil) { task in
            self.refreshRoster(task: task as! BGAppRefreshTask)
        }
        return true
    }

    func scheduleRoster() {
        let request = BGAppRefreshTaskRequest(identifier: TaskIdentifiers.refresh)
        request.earliestBeginDate = Date(timeIntervalSinceNow: 4 * 60 * 60)
        try? BGTaskScheduler.shared.submit(request)
    }

    private func refreshRoster(task: BGAppRefreshTask) {
        scheduleRoster()
        let fetch = Roster.fetch { succeeded in
            task.setTaskCompleted(success: succeeded)
        }
        task.expirationHandler = {
            fetch.cancel()
        }
    }
}
