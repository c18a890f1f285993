// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

final class HeldCall {
    let uuid: UUID

    init(uuid: UUID) {
        self.uuid = uuid
    }
}

final class HeldProvider {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func ring(_ call: HeldCall) {
        provider.reportNewIncomingCall(with: call.uuid, update: CXCallUpdate()) { _ in }
    }

    func end(_ id: UUID) {
        provider.reportCall(with: id, endedAt: nil, reason: .remoteEnded)
    }
}

/// Holds the provider's owner, and the call that runs.
final class HeldCalls {
    static let shared = HeldCalls()

    var system: HeldProvider!
    var currentCall: HeldCall?
}

final class HeldPushes: NSObject, PKPushRegistryDelegate {
    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        if HeldCalls.shared.currentCall != nil {
            completion()
            return
        }
        if info["event"] as? String == "cancel" {
            if let text = info["call"] as? String, let id = UUID(uuidString: text) {
                HeldCalls.shared.system.end(id)
            }
            completion()
            return
        }
        HeldCalls.shared.system.ring(HeldCall(uuid: UUID()))
        completion()
    }
}
