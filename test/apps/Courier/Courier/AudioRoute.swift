import AVFoundation
import os

/// The audio session during a call.
struct AudioRoute {
    private let log = Logger(subsystem: "net.example.courier", category: "audio")

    func begin(with session: AVAudioSession) {
        do {
            try session.setCategory(.playAndRecord, mode: .voiceChat, options: [.allowBluetooth])
        } catch {
            log.error("no audio: \(error.localizedDescription)")
        }
    }
}
