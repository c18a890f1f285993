// An SDK that takes the push in an app that knows CallKit may report the call:
// what is left are ways on which it does not get the push.
// RUN: rm -rf "%t" && mkdir "%t" && cp "%s" "%t"
// RUN: %not %ringfence check --checks='-*,ringfence-push-without-calls,ringfence-unreported-path' "%t" 2>&1 | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

func handle(of name: String) -> CXHandle {
    CXHandle(type: .generic, value: name)
}

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)

    override init() {
        super.init()
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard Conversations.isReady else {
            // CHECK: :[[@LINE+2]]:{{[0-9]+}}: error: this path returns without calling {{.*}}[ringfence-unreported-path]
            completion()
            return
        }
        Conversations.shared.process(payload)
        completion()
    }
}
// CHECK-DAG: completion:): hands the push to code that cannot be seen
