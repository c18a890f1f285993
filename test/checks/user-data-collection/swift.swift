// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-user-data-collection' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import CoreLocation
import PushKit
import UIKit

final class Collects: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private let locations = CLLocationManager()

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}reads the location{{.*}}[ringfence-user-data-collection]
        locations.requestLocation()
    }
}

// The device's own identifier is no secret of the user's.
final class Identifies: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        NSLog("%@", UIDevice.current.identifierForVendor?.uuidString ?? "")
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
