// RUN: cd "%S" && %ringfence check --checks='-*,ringfence-completion-not-called' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Forgets: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        // CHECK: note: the completion handler 'completion' is never called [ringfence-completion-not-called]
    }
}

final class Calls: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
