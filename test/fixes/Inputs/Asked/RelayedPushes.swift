// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

/// Who is told of calls that pushes announce.
protocol CallListener: AnyObject {
    /// A call comes in.
    func callArrives(
        _ id: UUID,
        from caller: String
    )
    func pushTokenChanged(_ token: Data)
}

/// Somebody who has a closure of the same name.
final class CallCounter {
    var callArrives: (() -> Void)?

    func forget() {
        callArrives?()
        callArrives = nil
    }
}

final class RelayedCalls: NSObject, CallListener {
    static let shared = RelayedCalls()

    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private var running: UUID?

    func callArrives(
        _ id: UUID,
        from caller: String
    ) {
        if running != nil {
            NSLog("busy")
            return
        } else {
            open(
                id,
                from: caller
            )
            NSLog("open")
        }
        NSLog("told")
    }

    func pushTokenChanged(_ token: Data) {}

    func open(_ id: UUID, from caller: String) {
        guard running == nil else { return }
        running = id
        let update = CXCallUpdate()
        update.remoteHandle = CXHandle(type: .generic, value: caller)
        provider.reportNewIncomingCall(with: id, update: update) { _ in }
    }

    /// From the socket.
    func client(_ client: CallCounter, callArrives id: UUID) {
        open(id, from: "socket")
    }
}

/// Listens, and does not show calls.
final class CallLog: CallListener {
    func callArrives(_ id: UUID, from caller: String) {
        NSLog("%@", caller)
    }

    func pushTokenChanged(_ token: Data) {}
}

final class RelayedPushes: NSObject, PKPushRegistryDelegate {
    weak var listener: CallListener? = RelayedCalls.shared

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {
        listener?.pushTokenChanged(pushCredentials.token)
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        relay(payload.dictionaryPayload)
        completion()
    }

    private func relay(_ info: [AnyHashable: Any]) {
        listener?.callArrives(UUID(), from: info["caller"] as? String ?? "")
    }
}
