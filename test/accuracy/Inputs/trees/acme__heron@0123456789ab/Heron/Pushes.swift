import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        if info["kind"] as? String == "message" {
            let request = UNNotificationRequest(identifier: "1", content: UNMutableNotificationContent(), trigger: nil)
            UNUserNotificationCenter.current().add(request)
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        UserDefaults.standard.set(Date(), forKey: "lastCall")
    }
}
