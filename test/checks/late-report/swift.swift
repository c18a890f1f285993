// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-late-report' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Later: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        DispatchQueue.main.async {
            self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
                completion()
            }
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}after this method{{.*}}[ringfence-late-report]
        }
        // CHECK: note: reported here, later
    }
}

// The queue runs this before it goes on.
final class InTime: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        DispatchQueue.global().sync {
            self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
                completion()
            }
        }
    }
}
