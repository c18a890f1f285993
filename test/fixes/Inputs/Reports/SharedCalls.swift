// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

import CallKit
import Foundation
import PushKit

/// What the server says about a call, by a push or by the socket.
struct CallEvent {
    var room: String?
    var isActive = false
    var isMine = false

    init(_ info: [AnyHashable: Any]) {
        room = info["room"] as? String
        isActive = info["active"] as? Bool ?? false
        isMine = info["mine"] as? Bool ?? false
    }
}

final class SharedCalls: NSObject {
    static let shared = SharedCalls()

    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private var running: [UUID: String] = [:]

    /// Shows or ends the call of an event.
    func process(_ event: CallEvent) {
        guard let room = event.room else {
            NSLog("no room")
            return
        }
        if event.isActive {
            if running.values.contains(room) {
                return
            }
            let uuid = UUID()
            running[uuid] = room
            if event.isMine {
                provider.reportOutgoingCall(with: uuid, connectedAt: nil)
            } else {
                let update = CXCallUpdate()
                update.remoteHandle = CXHandle(type: .generic, value: room)
                provider.reportNewIncomingCall(with: uuid, update: update) { _ in }
            }
        } else {
            NSLog("ended")
        }
    }

    /// There is more to do behind the report.
    @objc func ring(_ room: String, silently: Bool) {
        if !silently {
            let update = CXCallUpdate()
            update.remoteHandle = CXHandle(type: .generic, value: room)
            provider.reportNewIncomingCall(with: UUID(), update: update) { _ in }
        }
        NSLog("rings in %@", room)
    }

    func fromSocket(_ info: [AnyHashable: Any]) {
        process(CallEvent(info))
        ring("lobby", silently: true)
    }
}

/// Neither function of the calls that it asks belongs to pushes alone.
final class SharingPushes: NSObject, PKPushRegistryDelegate {
    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if let room = payload.dictionaryPayload["ring"] as? String {
            SharedCalls.shared.ring(room, silently: payload.dictionaryPayload["silent"] != nil)
        } else {
            SharedCalls.shared.process(CallEvent(payload.dictionaryPayload))
        }
        completion()
    }
}
