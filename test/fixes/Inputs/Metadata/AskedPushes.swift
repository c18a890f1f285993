// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit
import UIKit

@MainActor
final class AskedPushes: NSObject, @preconcurrency PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private var currentCall: UUID?

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if let call = currentCall {
            NSLog("in call %@", call.uuidString)
            completion()
            return
        }
        if UIApplication.shared.applicationState == .active {
            NSLog("shown by the app")
            completion()
            return
        }
        let update = CXCallUpdate()
        update.localizedCallerName = payload.dictionaryPayload["caller"] as? String
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in
            completion()
        }
    }
}
