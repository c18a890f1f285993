import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    private weak var bridge: Bridge?

    init(bridge: Bridge) {
        self.bridge = bridge
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard let room = payload.dictionaryPayload["room"] as? String else {
            NSLog("no room")
            completion()
            return
        }
        guard type == .voIP, let bridge = bridge else {
            completion()
            return
        }
        bridge.calls.report(room, completion: completion)
    }
}

final class Bridge {
    let calls = Calls()
}

final class Calls {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func report(_ room: String, completion: @escaping () -> Void) {
        let update = CXCallUpdate()
        update.localizedCallerName = room
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in
            completion()
        }
    }
}
