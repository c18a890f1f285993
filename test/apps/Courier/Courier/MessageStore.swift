import Foundation

/// The messages on this device, by conversation.
final class MessageStore {
    static let shared = MessageStore()

    fileprivate static let folder = "Messages"
    private let queue = DispatchQueue(label: "net.example.courier.messages")
    private var conversations: [String: Conversation] = [:]

    func insert(_ message: Message) {
        queue.sync {
            conversations[message.conversation, default: Conversation(id: message.conversation)].insert(message)
            save(message.conversation)
        }
    }

    func markRead(_ conversation: String) {
        queue.sync {
            conversations[conversation]?.markRead()
            save(conversation)
        }
    }

    /// The conversations, the latest first.
    func all() -> [Conversation] {
        queue.sync { conversations.values.sorted { $0.lastActivity > $1.lastActivity } }
    }

    subscript(_ conversation: String) -> Conversation? {
        queue.sync { conversations[conversation] }
    }

    private func save(_ conversation: String) {
        guard let messages = conversations[conversation]?.messages, let file = URL.messages(of: conversation) else {
            return
        }
        try? JSONEncoder().encode(messages).write(to: file, options: .atomic)
    }
}

private extension URL {
    /// The file with the messages of a conversation.
    static func messages(of conversation: String) -> URL? {
        let support = FileManager.default.urls(for: .applicationSupportDirectory, in: .userDomainMask).first
        guard let folder = support?.appendingPathComponent(MessageStore.folder) else { return nil }
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.appendingPathComponent(conversation + ".json")
    }
}
