import CallKit
import PushKit

final class CallPushes: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard let caller = payload.dictionaryPayload["caller"] as? String else {
            completion()
            return
        }
        let update = CXCallUpdate()
        update.remoteHandle = CXHandle(type: .generic, value: caller)
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in
            completion()
        }
    }
}
