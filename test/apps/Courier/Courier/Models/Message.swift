import Foundation

/// A message as this device keeps it. The text stays sealed until it is shown.
struct Message: Codable, Hashable {
    enum State: String, Codable { case waiting, sent, received, read }

    let id: String
    let conversation: String
    let sender: String
    let sealedBody: String
    let date: Date
    var state: State

    var isUnread: Bool { state == .received }
}
