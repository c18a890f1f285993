// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

/// What a closure asks later leaves no way out of the method.
final class DeferringPushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let work = DispatchQueue(label: "pushes")

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if #available(iOS 9.0, *) {
            work.async {
                if type == .voIP {
                    NSLog("a push")
                }
            }
        }
        completion()
    }

    func ring(_ call: UUID) {
        provider.reportNewIncomingCall(with: call, update: CXCallUpdate()) { _ in }
    }
}

/// Who is given the completion handler calls it on some ways only.
final class PatientPushes: NSObject, PKPushRegistryDelegate {
    private let ringer = PatientRinger()

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        ringer.ring(payload.dictionaryPayload["caller"] as? String ?? "") {
            completion()
        }
    }
}

final class PatientRinger {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func ring(_ caller: String, failed: ((Error) -> Void)? = nil) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { error in
            if let error { failed?(error) }
        }
    }

    func ring(_ caller: String, done: (() -> Void)?) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        if caller.isEmpty {
            NSLog("nobody calls")
            return
        }
        done?()
    }
}
