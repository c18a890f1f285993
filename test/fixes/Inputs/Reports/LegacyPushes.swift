// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

final class LegacyPushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private var waiting: [UUID] = []

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(
        _ registry: PKPushRegistry,
        didReceiveIncomingPushWith payload: PKPushPayload,
        for type: PKPushType
    ) {
        guard type == .voIP else { return }
        let update = CXCallUpdate()
        if let text = payload.dictionaryPayload["call"] as? String, let call = UUID(uuidString: text) {
            update.remoteHandle = CXHandle(type: .generic, value: "caller")
            provider.reportNewIncomingCall(with: call, update: update) { [weak self] error in
                guard let self, error == nil else { return }
                self.waiting.append(call)
            }
        } else {
            provider.reportNewIncomingCall(with: UUID(), update: update) { _ in }
        }
    }
}

func replay(_ payload: PKPushPayload, from registry: PKPushRegistry, to pushes: LegacyPushes) {
    pushes.pushRegistry(registry, didReceiveIncomingPushWith: payload, for: .voIP)
}
