import CryptoKit
import Foundation

/// Opens message bodies with the key that this device shares with the account.
struct MessageCipher {
    enum Failure: Error { case noKey, notText }

    private let defaults = UserDefaults(suiteName: "group.net.example.courier")

    func open(_ body: String) throws -> String {
        guard let key = defaults?.data(forKey: "message-key"), let sealed = Data(base64Encoded: body) else {
            throw Failure.noKey
        }
        let clear = try AES.GCM.open(AES.GCM.SealedBox(combined: sealed), using: SymmetricKey(data: key))
        guard let text = String(data: clear, encoding: .utf8) else {
            throw Failure.notText
        }
        return text
    }
}
