import Foundation

/// What the server pushes.
struct Push: Decodable {
    enum Kind: String, Decodable { case ring, chat }

    let id: UUID
    let kind: Kind
    let sender: String
    let text: String?
}
