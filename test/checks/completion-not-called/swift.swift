// RUN: cd "%S" && %ringfence check --checks='-*,ringfence-completion-not-called' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Forgets: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        // CHECK: note: the completion handler 'completion' is never called [ringfence-completion-not-called]
    }
}

final class Calls: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}

/// What is kept in a property is called once the call is answered.
final class Keeps: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private var pending: (() -> Void)?
    private var waiting: [UUID: () -> Void] = [:]

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let id = UUID()
        provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in }
        if payload.dictionaryPayload["video"] != nil {
            waiting[id] = completion
        } else {
            self.pending = completion
        }
    }
}

extension Keeps {
    func answered(_ id: UUID) {
        waiting.removeValue(forKey: id)
        guard let done = pending else { return }
        done()
        if let video = waiting[id] {
            video()
        }
    }
}

/// Nothing calls what is kept here.
final class Hoards: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private var pending: (() -> Void)?

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        pending = completion
        // CHECK: :[[@LINE-1]]:9: note: the completion handler 'completion' is never called [ringfence-completion-not-called]
    }

    func answered() {
        pending = nil
    }
}

/// Handed on together with the push, to code that is not in sight.
final class HandsOn: NSObject, PKPushRegistryDelegate {
    private let receive: ((PKPushPayload, () -> Void)) -> Void

    init(receive: @escaping ((PKPushPayload, () -> Void)) -> Void) {
        self.receive = receive
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        receive((payload, completion))
    }
}

/// Another object keeps it beside the push, and calls it once it is ready.
final class Entrusts: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private let line = Line.shared
    private let log: Journal

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        line.arrived = (payload, completion)
    }
}

final class Line {
    static let shared = Line()
    var arrived: (payload: PKPushPayload, completion: () -> Void)?

    func connected() {
        if let arrived { finish(arrived) }
    }

    private func finish(_ arrived: (payload: PKPushPayload, completion: () -> Void)) {
        arrived.completion()
    }
}

/// Another object that only keeps it.
final class EntrustsInVain: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private let journal: Journal

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        journal.last = completion
        // CHECK: :[[@LINE-1]]:9: note: the completion handler 'completion' is never called [ringfence-completion-not-called]
    }
}

final class Journal {
    var last: (() -> Void)?

    func clear() {
        last = nil
    }
}
