// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-work-before-report' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Waits: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let ready = DispatchSemaphore(value: 0)
        DispatchQueue.global().async { ready.signal() }
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}before the call is reported{{.*}}[ringfence-work-before-report]
        ready.wait()
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}

// Parsing is what the report needs, and short.
final class Parses: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let caller = payload.dictionaryPayload["caller"] as? String ?? ""
        let update = CXCallUpdate()
        update.localizedCallerName = caller.trimmingCharacters(in: .whitespaces)
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in
            completion()
        }
    }
}
