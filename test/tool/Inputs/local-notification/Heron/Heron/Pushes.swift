import CallKit
import PushKit
import UIKit

@MainActor
final class Pushes: NSObject, @preconcurrency PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        var info = [AnyHashable: Any]()
        info = payload.dictionaryPayload
        let aps = info["aps"] as? [String: Any]
        let text = aps?["alert"] as? String
        let chime: String? = info["chime"] as? String
        if text != nil {
            if UIApplication.shared.applicationState == .background {
                let notification = UILocalNotification()
                notification.fireDate = Date(timeIntervalSinceNow: 1)
                // Who has written.
                notification.alertTitle = "From " + (info["sender"] as? String ?? "somebody")
                notification.alertBody = text
                notification.alertAction = "Open"
                notification.applicationIconBadgeNumber = 1
                notification.soundName = chime
                notification.userInfo = info
                UIApplication.shared.presentLocalNotificationNow(notification)
            }
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
