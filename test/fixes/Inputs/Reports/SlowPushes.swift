// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

final class SlowPushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let ready = DispatchSemaphore(value: 0)
        refresh { ready.signal() }
        ready.wait()
        let update = CXCallUpdate()
        update.localizedCallerName = payload.dictionaryPayload["name"] as? String
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in completion() }
    }

    private func refresh(_ then: @escaping () -> Void) {
        DispatchQueue.global().async(execute: then)
    }
}
