// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-state-guard' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit
import UIKit

final class Guards: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if UIApplication.shared.applicationState == .active {
            completion()
            // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}the state that the app sees{{.*}}[ringfence-state-guard]
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}

// The state decides nothing about the report.
final class Reports: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if UIApplication.shared.applicationState == .active {
            NSLog("in front")
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
