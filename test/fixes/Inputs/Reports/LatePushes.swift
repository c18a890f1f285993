// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

struct Contact {
    let name: String
    let isVideo: Bool
}

final class Directory {
    func lookUp(_ number: String, then: @escaping (Contact?) -> Void) { then(nil) }
}

/// Registers on the main queue, so that a hop there is needless.
final class HoppingPushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private var ringing: [UUID] = []

    func register() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let caller = payload.dictionaryPayload["caller"] as? String ?? "Unknown"
        DispatchQueue.main.async { [weak self] in
            guard let self else { return }
            // The call screen shows the caller at once.
            let update = CXCallUpdate()
            update.remoteHandle = CXHandle(type: .generic, value: caller)
            let call = UUID()
            self.ringing.append(call)
            self.provider.reportNewIncomingCall(with: call, update: update) { _ in
                completion()
            }
        }
    }
}

final class LookingPushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let directory = Directory()

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let number = payload.dictionaryPayload["number"] as? String ?? ""
        directory.lookUp(number) { [weak self] contact in
            guard let self = self else { return }
            guard let contact = contact else {
                NSLog("nobody has %@", number)
                return
            }
            DispatchQueue.main.async {
                let call = UUID()
                let update = CXCallUpdate()
                update.remoteHandle = CXHandle(type: .phoneNumber, value: number)
                update.localizedCallerName = contact.name
                update.hasVideo = contact.isVideo
                self.provider.reportNewIncomingCall(with: call, update: update) { error in
                    if let error { NSLog("not reported: %@", error.localizedDescription) }
                    completion()
                }
            }
        }
    }
}

final class QueuedPushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let queue = DispatchQueue(label: "calls")

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        queue.async {
            let update = CXCallUpdate()
            update.localizedCallerName = payload.dictionaryPayload["name"] as? String
            self.provider.reportNewIncomingCall(with: UUID(), update: update) { _ in completion() }
        }
    }
}
