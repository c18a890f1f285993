import Foundation

/// The calls that came and went, for the list of calls.
public final class CallHistory {
    public struct Entry {
        public let id: UUID
        public let caller: String
        public internal(set) var isAnswered = false
    }

    public private(set) var entries: [Entry] = []

    func add(_ id: UUID, caller: String) {
        entries.insert(Entry(id: id, caller: caller), at: 0)
    }

    func markAnswered(_ id: UUID) {
        guard let index = entries.firstIndex(where: { $0.id == id }) else { return }
        entries[index].isAnswered = true
    }
}
