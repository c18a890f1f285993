import CryptoKit
import Foundation

/// What a push holds, once it is opened.
enum Envelope: Decodable {
    case ring(Invitation)
    case chat(Note)
    case typing

    init(from decoder: Decoder) throws {
        let values = try decoder.container(keyedBy: Keys.self)
        if let ring = try values.decodeIfPresent(Invitation.self, forKey: .ring) {
            self = .ring(ring)
        } else if let chat = try values.decodeIfPresent(Note.self, forKey: .chat) {
            self = .chat(chat)
        } else {
            self = .typing
        }
    }
    private enum Keys: CodingKey { case ring, chat }
}

struct Invitation: Decodable {
    enum Medium: String, Decodable { case voice, video }
    let id: UUID
    let caller: String
    let medium: Medium
    let room: URL?
}

struct Note: Decodable {
    let author: String
    let text: String?
}

struct EnvelopeCipher {
    private let key = SymmetricKey(data: Data("0123456789abcdef".utf8))

    func open(_ sealed: String) throws -> Envelope {
        let box = try AES.GCM.SealedBox(combined: Data(base64Encoded: sealed) ?? Data())
        return try JSONDecoder().decode(Envelope.self, from: AES.GCM.open(box, using: key))
    }
}
