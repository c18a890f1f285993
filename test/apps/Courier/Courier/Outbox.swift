import Foundation

/// Sends messages, and keeps those that could not be sent for the next time.
final class Outbox {
    private let client: SyncClient
    private let store: MessageStore
    private var waiting: [Message] = []

    init(client: SyncClient = SyncClient(), store: MessageStore = .shared) {
        self.client = client
        self.store = store
    }

    func send(_ sealedBody: String, to conversation: String, from account: String) {
        let message = Message(id: UUID().uuidString, conversation: conversation, sender: account,
                              sealedBody: sealedBody, date: Date(), state: .waiting)
        store.insert(message)
        waiting.append(message)
        flush()
    }

    /// Tries everything that waits once more.
    func flush() {
        for message in waiting {
            client.send(message) { [weak self] isSent in
                guard isSent else { return }
                DispatchQueue.main.async {
                    self?.waiting.removeAll { $0.id == message.id }
                }
            }
        }
    }
}
