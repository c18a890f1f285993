// Whether there is a call is asked by players, too: no sign of an SDK that
// reports.
// RUN: rm -rf "%t" && mkdir "%t" && cp "%s" "%t"
// RUN: %not %ringfence check --checks='-*,ringfence-push-without-calls' "%t" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)
    private let observer = CXCallObserver()

    override init() {
        super.init()
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}nothing in it reports{{.*}}[ringfence-push-without-calls]
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        Feed.shared.process(payload)
        completion()
    }
}
