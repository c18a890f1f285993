// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

final class HastyPushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard type == .voIP else { return }
        switch payload.dictionaryPayload["kind"] as? String {
        case "video":
            let update = CXCallUpdate()
            update.hasVideo = true
            provider.reportNewIncomingCall(with: UUID(), update: update) { error in
                if let error { NSLog("not reported: %@", error.localizedDescription) }
            }
        case "audio":
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in NSLog("unknown kind") }
        }
    }
}
