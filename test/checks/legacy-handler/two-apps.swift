// Two apps in one tree, each with a class of that name: the form with completion of one says nothing of the other.
// RUN: rm -rf "%t" && mkdir -p "%t/Old" "%t/New/Pushes" && cd "%t" && cp "%s" Old/Pushes.swift
// RUN: sed -e 's/for type: PKPushType)/for type: PKPushType, completion: @escaping () -> Void)/' "%s" > New/Pushes/Pushes.swift
// RUN: %not %ringfence check --checks='-*,ringfence-legacy-handler' | %FileCheck Old/Pushes.swift --implicit-check-not='[ringfence-'

// In one app, an extension elsewhere has the other form, and this one is dead.
// RUN: rm -r Old && cp "%s" New/Pushes.swift
// RUN: %ringfence check --checks='-*,ringfence-legacy-handler' | %FileCheck New/Pushes.swift --check-prefix=DEAD

import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    // CHECK: Old/Pushes.swift:[[@LINE+2]]:{{[0-9]+}}: warning: only the handler without completion is implemented{{.*}}[ringfence-legacy-handler]
    // DEAD: New/Pushes.swift:[[@LINE+1]]:{{[0-9]+}}: note: iOS 11 and later call the form with a completion handler; this one is never called [ringfence-legacy-handler]
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
}
