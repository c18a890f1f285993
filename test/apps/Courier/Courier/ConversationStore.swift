import Foundation

/// What happened lately, in a file that can be made again.
final class ConversationStore {
    static let shared = ConversationStore()

    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("events.json")
    private let lock = NSLock()
    private var events: [Event]

    private init() {
        let saved = try? Data(contentsOf: file)
        events = saved.flatMap { try? JSONDecoder().decode([Event].self, from: $0) } ?? []
    }

    var lastSync: Date {
        lock.lock()
        defer { lock.unlock() }
        return events.map(\.date).max() ?? .distantPast
    }

    func merge(_ new: [Event]) {
        lock.lock()
        let known = Set(events.map(\.id))
        events += new.filter { !known.contains($0.id) }
        lock.unlock()
        save()
    }

    func removeExpired() {
        lock.lock()
        let now = Date()
        events.removeAll { $0.expires.map { $0 < now } ?? false }
        lock.unlock()
        save()
    }

    private func save() {
        lock.lock()
        defer { lock.unlock() }
        try? JSONEncoder().encode(events).write(to: file, options: .atomic)
    }
}
