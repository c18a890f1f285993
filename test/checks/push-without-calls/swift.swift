// RUN: rm -rf "%t" && mkdir "%t" && cp "%s" "%t"
// RUN: %not %ringfence check --checks='-*,ringfence-push-without-calls' "%t" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)

    override init() {
        super.init()
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}nothing in it reports{{.*}}[ringfence-push-without-calls]
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        UserDefaults.standard.set(payload.dictionaryPayload["badge"], forKey: "badge")
        completion()
    }
    // CHECK: note: registers for VoIP pushes here
}
