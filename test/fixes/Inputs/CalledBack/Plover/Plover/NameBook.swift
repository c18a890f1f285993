import Foundation

/// Asks the server what people are called.
final class NameBook {
    func find(_ id: String, completion: @escaping (Result<String, Error>) -> Void) {
        var request = URLRequest(url: URL(string: "https://example.net/names/")!.appendingPathComponent(id))
        request.timeoutInterval = 10
        URLSession.shared.dataTask(with: request) { data, _, error in
            if let error = error {
                completion(.failure(error))
            } else {
                completion(.success(String(decoding: data ?? Data(), as: UTF8.self)))
            }
        }.resume()
    }
}
