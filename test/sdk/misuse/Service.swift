import UIKit
import UserNotifications

final class NotificationService: UNNotificationServiceExtension {
    private let cipher = MessageCipher()

    override func didReceive(_ request: UNNotificationRequest,
                             withContentHandler contentHandler: @escaping (UNNotificationContent) -> Void) {
        Task { @MainActor in UIApplication.shared.registerForRemoteNotifications() }
        contentHandler(request.content)
    }
}
