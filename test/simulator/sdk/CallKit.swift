// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// CallKit: calls ring and end.

import Dispatch
import Foundation

open class CXHandle: NSObject {
    public enum HandleType: Int { case generic = 1, phoneNumber, emailAddress }
    public let type: HandleType
    public let value: String
    public init(type: HandleType, value: String) {
        self.type = type
        self.value = value
    }
}

open class CXCallUpdate: NSObject {
    public override init() {}
    open var remoteHandle: CXHandle?
    open var localizedCallerName: String?
    open var supportsHolding = false
    open var supportsGrouping = false
    open var supportsUngrouping = false
    open var supportsDTMF = false
    open var hasVideo = false

    var fields: [String: Any] {
        ["handle": remoteHandle?.value ?? "", "caller": localizedCallerName ?? "", "video": hasVideo]
    }
}

public enum CXCallEndedReason: Int {
    case failed = 1, remoteEnded, unanswered, answeredElsewhere, declinedElsewhere
}

open class CXProviderConfiguration: NSObject {
    public override init() {}
    public init(localizedName: String) {}
    open var ringtoneSound: String?
    open var iconTemplateImageData: Data?
    open var maximumCallGroups = 2
    open var maximumCallsPerCallGroup = 5
    open var includesCallsInRecents = true
    open var supportsVideo = false
    open var supportedHandleTypes: Set<CXHandle.HandleType> = []
}

/// CXErrorCode.missingVoIPBackgroundMode, CXErrorCodeIncomingCallError.callUUIDAlreadyExists
struct CallError: Error, Equatable {
    let code: Int
    static let missingBackgroundMode = CallError(code: 3)
    static let identifierExists = CallError(code: 2)
}

open class CXProvider: NSObject {
    nonisolated(unsafe) private static var count = 0
    nonisolated(unsafe) private static var ringing: Set<UUID> = []
    open var configuration: CXProviderConfiguration
    private weak var delegate: (any CXProviderDelegate)?
    private var queue = PrivateQueue.calls

    public init(configuration: CXProviderConfiguration) {
        self.configuration = configuration
        super.init()
        System.shared.locked {
            Self.count += 1
            if Self.count == 2 { System.shared.complain("there is more than one CXProvider") }
        }
    }

    open func setDelegate(_ delegate: (any CXProviderDelegate)?, queue: DispatchQueue?) {
        self.delegate = delegate
        // A serial queue of its own where none is named.
        self.queue = queue ?? PrivateQueue.calls
    }

    open func reportNewIncomingCall(with uuid: UUID, update: CXCallUpdate,
                                    completion: @escaping ((any Error)?) -> Void) {
        let system = System.shared!
        if system.script.isExtension { system.end("an extension reports a call through a provider") }
        let failure: CallError? = system.locked {
            // Even a call that CallKit refuses has been reported.
            VoIPDelivery.current?.isReported = true
            guard system.script.backgroundModes.contains("voip") else { return .missingBackgroundMode }
            guard Self.ringing.insert(uuid).inserted else { return .identifierExists }
            system.say("call", update.fields.merging(["uuid": uuid.uuidString]) { $1 })
            return nil
        }
        system.call(on: queue) { completion(failure) }
    }

    open func reportNewIncomingCall(with uuid: UUID, update: CXCallUpdate) async throws {
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            reportNewIncomingCall(with: uuid, update: update) { failure in
                if let failure { done.resume(throwing: failure) } else { done.resume() }
            }
        }
    }

    open func reportCall(with uuid: UUID, updated update: CXCallUpdate) {
        System.shared.locked {
            guard Self.ringing.contains(uuid) else { return }
            System.shared.say("updated", update.fields.merging(["uuid": uuid.uuidString]) { $1 })
        }
    }

    open func reportCall(with uuid: UUID, endedAt dateEnded: Date?, reason endedReason: CXCallEndedReason) {
        Self.end(uuid, endedReason.rawValue)
    }

    fileprivate static func end(_ uuid: UUID, _ reason: Int) {
        System.shared.locked {
            guard ringing.remove(uuid) != nil else { return }
            System.shared.say("ended", ["uuid": uuid.uuidString, "reason": reason])
        }
    }

    open func invalidate() {}

    /// What the extension hands over starts the app, as a VoIP push does; here the
    /// test starts it with what is said. iOS 14.5 and later, and with the filtering
    /// entitlement only (Apple's reference).
    open class func reportNewIncomingVoIPPushPayload(_ dictionaryPayload: [AnyHashable: Any],
                                                     completion: (((any Error)?) -> Void)? = nil) {
        let system = System.shared!
        if !systemHas(14, 5) { system.end("reportNewIncomingVoIPPushPayload is not there before iOS 14.5") }
        if !system.script.isExtension { system.complain("an app hands a call over to itself") }
        if !PropertyListSerialization.propertyList(dictionaryPayload, isValidFor: .binary) {
            system.end("what is handed over is no property list")
        }
        guard system.script.callsAnswer else { return }
        guard system.script.mayFilter else {
            return system.call(on: PrivateQueue.calls) { completion?(ExtensionError.missingEntitlement) }
        }
        let payload = Dictionary(uniqueKeysWithValues: dictionaryPayload.map { ("\($0.key)", $0.value) })
        system.say("handedOver", ["payload": payload])
        system.call(on: PrivateQueue.calls) { completion?(nil) }
    }
}

/// CXErrorCodeNotificationServiceExtensionError.missingNotificationFilteringEntitlement
struct ExtensionError: Error {
    let code: Int
    static let missingEntitlement = ExtensionError(code: 2)
}

open class CXAction: NSObject {
    public let uuid = UUID()
    open func fulfill() {}
    open func fail() {}
}

open class CXCallAction: CXAction {
    public let callUUID: UUID
    public init(call callUUID: UUID) { self.callUUID = callUUID }
}

open class CXAnswerCallAction: CXCallAction {}
open class CXEndCallAction: CXCallAction {}

open class CXTransaction: NSObject {
    let action: CXAction
    public init(action: CXAction) { self.action = action }
}

open class CXCallController: NSObject {
    public override init() {}
    open func request(_ transaction: CXTransaction, completion: @escaping ((any Error)?) -> Void) {
        if let action = transaction.action as? CXEndCallAction { CXProvider.end(action.callUUID, 0) }
        System.shared.call(on: PrivateQueue.calls) { completion(nil) }
    }
}

public protocol CXProviderDelegate: NSObjectProtocol {
    func providerDidReset(_ provider: CXProvider)
    func provider(_ provider: CXProvider, perform action: CXAnswerCallAction)
    func provider(_ provider: CXProvider, perform action: CXEndCallAction)
    func provider(_ provider: CXProvider, didActivate audioSession: AVAudioSession)
}

extension CXProviderDelegate {
    public func provider(_ provider: CXProvider, perform action: CXAnswerCallAction) {}
    public func provider(_ provider: CXProvider, perform action: CXEndCallAction) {}
    public func provider(_ provider: CXProvider, didActivate audioSession: AVAudioSession) {}
}
