import Foundation

/// What the server pushes.
enum Push {
    case ring(UUID)
    case chat(sender: String, text: String)

    init?(_ info: [AnyHashable: Any]) {
        if let text = info["call"] as? String, let id = UUID(uuidString: text) {
            self = .ring(id)
        } else if let sender = info["sender"] as? String {
            self = .chat(sender: sender, text: info["text"] as? String ?? "")
        } else {
            return nil
        }
    }
}
