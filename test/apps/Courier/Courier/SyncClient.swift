import Foundation

/// Something that happened in a conversation, as the server tells it.
struct Event: Codable {
    let id: String
    let conversation: String
    let date: Date
    let expires: Date?
}

/// Talks to the server of the messenger.
struct SyncClient {
    private let base = URL(string: "https://courier.example.net/v1/")!

    func fetchEvents(since date: Date, completion: @escaping ([Event]) -> Void) {
        var components = URLComponents(url: base.appendingPathComponent("events"), resolvingAgainstBaseURL: false)!
        components.queryItems = [URLQueryItem(name: "since", value: String(date.timeIntervalSince1970))]
        URLSession.shared.dataTask(with: components.url!) { data, _, _ in
            let events = data.flatMap { try? JSONDecoder().decode([Event].self, from: $0) }
            completion(events ?? [])
        }.resume()
    }

    func send(_ message: Message, completion: @escaping (Bool) -> Void) {
        var request = URLRequest(url: base.appendingPathComponent("messages"))
        request.httpMethod = "POST"
        request.httpBody = try? JSONEncoder().encode(message)
        URLSession.shared.dataTask(with: request) { _, response, error in
            completion(error == nil && (response as? HTTPURLResponse)?.statusCode == 201)
        }.resume()
    }

    func register(voipToken: String) {
        var request = URLRequest(url: base.appendingPathComponent("devices"))
        request.httpMethod = "PUT"
        request.httpBody = try? JSONEncoder().encode(["voip": voipToken])
        URLSession.shared.dataTask(with: request).resume()
    }
}
