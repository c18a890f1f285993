import Foundation

/// The people who write to each other, and what they wrote.
struct Conversation: Identifiable {
    let id: String
    private(set) var messages: [Message] = []

    init(id: String) {
        self.id = id
    }

    var title: String {
        Set(messages.map(\.sender)).filter { !$0.isEmpty }.sorted().joined(separator: ", ")
    }

    var unread: Int { messages.filter(\.isUnread).count }

    var lastActivity: Date { messages.last?.date ?? .distantPast }

    /// Takes a message in, once, where its date puts it.
    mutating func insert(_ message: Message) {
        guard !messages.contains(where: { $0.id == message.id }) else { return }
        let place = messages.firstIndex { $0.date > message.date } ?? messages.endIndex
        messages.insert(message, at: place)
    }

    mutating func markRead() {
        for index in messages.indices where messages[index].isUnread {
            messages[index].state = .read
        }
    }
}
