// RUN: rm -rf "%t" && mkdir "%t" && cp "%s" "%t"
// RUN: %ringfence check --checks='-*,ringfence-push-without-calls' "%t" | %FileCheck "%s" --allow-empty --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
        super.init()
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
