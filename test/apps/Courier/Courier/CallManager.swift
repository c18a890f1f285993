import AVFoundation
import CallKit
import Foundation
import os

/// The one owner of the CallKit provider.
final class CallManager: NSObject {
    private let provider: CXProvider
    private let controller = CXCallController()
    private let log = Logger(subsystem: "net.example.courier", category: "calls")
    private var active: [UUID: String] = [:]
    private let audio = AudioRoute()
    private let history = CallHistory()

    override init() {
        let configuration = CXProviderConfiguration()
        configuration.supportsVideo = true
        configuration.maximumCallsPerCallGroup = 1
        configuration.supportedHandleTypes = [.generic]
        provider = CXProvider(configuration: configuration)
        super.init()
        provider.setDelegate(self, queue: .main)
    }

    func reportIncoming(id: UUID, caller: String, hasVideo: Bool, completion: @escaping () -> Void) {
        let update = CXCallUpdate()
        update.remoteHandle = CXHandle(type: .generic, value: caller)
        update.localizedCallerName = caller
        update.hasVideo = hasVideo
        active[id] = caller
        history.add(id, caller: caller)
        provider.reportNewIncomingCall(with: id, update: update) { [weak self] error in
            if let error {
                self?.log.error("call not shown: \(error.localizedDescription)")
                self?.active[id] = nil
            }
            completion()
        }
    }

    /// Tells the system that a call is over, and why.
    func end(_ id: UUID, reason: CXCallEndedReason) {
        active[id] = nil
        provider.reportCall(with: id, endedAt: nil, reason: reason)
    }

    func hangUp(_ id: UUID) {
        controller.request(CXTransaction(action: CXEndCallAction(call: id))) { [weak self] error in
            if let error {
                self?.log.error("call not ended: \(error.localizedDescription)")
            }
        }
    }
}

extension CallManager: CXProviderDelegate {
    func providerDidReset(_ provider: CXProvider) {
        active.removeAll()
    }

    func provider(_ provider: CXProvider, perform action: CXAnswerCallAction) {
        log.info("answered a call from \(active[action.callUUID] ?? "nobody")")
        history.markAnswered(action.callUUID)
        action.fulfill()
    }

    func provider(_ provider: CXProvider, perform action: CXEndCallAction) {
        active[action.callUUID] = nil
        action.fulfill()
    }

    func provider(_ provider: CXProvider, didActivate audioSession: AVAudioSession) {
        audio.begin(with: audioSession)
    }
}
