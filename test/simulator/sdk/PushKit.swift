// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// PushKit, and its rule: a call is reported before the delegate returns.

import Dispatch
import Foundation

public struct PKPushType: RawRepresentable, Hashable, Sendable {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public static let voIP = PKPushType(rawValue: "PKPushTypeVoIP")
    public static let complication = PKPushType(rawValue: "PKPushTypeComplication")
    public static let fileProvider = PKPushType(rawValue: "PKPushTypeFileProvider")
}

open class PKPushCredentials: NSObject {
    public let type = PKPushType.voIP
    public let token = Data([0xca, 0xfe])
}

open class PKPushPayload: NSObject {
    public let type = PKPushType.voIP
    public let dictionaryPayload: [AnyHashable: Any]
    init(_ dictionary: [AnyHashable: Any]) { dictionaryPayload = dictionary }
}

open class PKPushRegistry: NSObject {
    private struct Weak { weak var it: PKPushRegistry? }
    nonisolated(unsafe) private static var made: [Weak] = []

    let queue: DispatchQueue
    open weak var delegate: (any PKPushRegistryDelegate)?
    open var desiredPushTypes: Set<PKPushType>? {
        didSet {
            guard desiredPushTypes?.contains(.voIP) == true else { return }
            System.shared.call(on: queue) { [weak self] in
                guard let self else { return }
                self.delegate?.pushRegistry(self, didUpdate: PKPushCredentials(), for: .voIP)
            }
        }
    }

    public init(queue: DispatchQueue?) {
        self.queue = queue ?? .main
        super.init()
        System.shared.locked { Self.made.append(Weak(it: self)) }
    }

    open func pushToken(for type: PKPushType) -> Data? { PKPushCredentials().token }

    /// The ones that take VoIP pushes.
    static var listening: [PKPushRegistry] {
        System.shared.locked { made }.compactMap(\.it).filter {
            $0.delegate != nil && $0.desiredPushTypes?.contains(.voIP) == true
        }
    }
}

public protocol PKPushRegistryDelegate: NSObjectProtocol {
    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType)
    func pushRegistry(_ registry: PKPushRegistry, didInvalidatePushTokenFor type: PKPushType)
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType)
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void)
}

extension PKPushRegistryDelegate {
    public func pushRegistry(_ registry: PKPushRegistry, didInvalidatePushTokenFor type: PKPushType) {}
    public func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                             for type: PKPushType) {}
    // The deprecated method is called where the newer one is missing.
    public func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                             for type: PKPushType, completion: @escaping () -> Void) {
        pushRegistry(registry, didReceiveIncomingPushWith: payload, for: type)
        completion()
    }
}

/// The push that is being delivered.
final class VoIPDelivery: @unchecked Sendable {
    nonisolated(unsafe) static var current: VoIPDelivery?
    var isReported = false
    var hasReturned = false
    var completions = 0
}

extension System {
    /// Delivers a VoIP push and looks at what came of it: when the delegate has
    /// returned, and seven seconds after the delivery. Both looks are for a
    /// report alone; the completion handler plays no part (Apple's Developer
    /// Technical Support, developer.apple.com/forums/thread/817976).
    func deliverVoIP(_ payload: [AnyHashable: Any]) {
        let binds = script.system >= 13
        let registries = PKPushRegistry.listening
        guard let registry = registries.first, let delegate = registry.delegate else {
            return unreported(binds, "0xbaadca11: no registry with a delegate took the push")
        }
        if registries.count > 1 { complain("two registries take VoIP pushes") }
        let delivery = VoIPDelivery()
        locked { VoIPDelivery.current = delivery }
        registry.queue.async {
            delegate.pushRegistry(registry, didReceiveIncomingPushWith: PKPushPayload(payload), for: .voIP) {
                self.locked {
                    delivery.completions += 1
                    self.say("completion")
                }
            }
            self.locked {
                delivery.hasReturned = true
                if !delivery.isReported {
                    self.unreported(binds, "it never posted an incoming call after receiving a VoIP push")
                }
            }
        }
        let look = Date().addingTimeInterval(7 * System.second)
        while !locked({ delivery.hasReturned || delivery.isReported }) && Date() < look { usleep(500) }
        locked {
            if !delivery.hasReturned && !delivery.isReported {
                unreported(binds, "0xbaadca11: no call was posted within seven seconds")
            }
        }
        settle(limit: System.second) { delivery.hasReturned && delivery.completions > 0 }
        if delivery.completions > 1 { complain("the push's completion handler is called more than once") }
    }

    private func unreported(_ binds: Bool, _ reason: String) {
        guard binds else { return }
        if script.enforces { end(reason) }
        say("unreported")
    }
}
