// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-unreported-path' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Forgets: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard let id = payload.dictionaryPayload["id"] as? String, let call = UUID(uuidString: id) else {
            completion()
            // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}returns without{{.*}}[ringfence-unreported-path]
            return
        }
        // CHECK: note:
        provider.reportNewIncomingCall(with: call, update: CXCallUpdate()) { _ in
            completion()
        }
    }
}

// Other pushes, and systems before the rule, need no report.
final class Exempt: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard type == .voIP else {
            completion()
            return
        }
        guard #available(iOS 13.0, *) else {
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
