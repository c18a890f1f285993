/// Names of people by their number.
final class Names {
    private let known: [String: String]

    init(known: [String: String] = [:]) {
        self.known = known
    }

    func name(of number: String) -> String {
        known[number] ?? number
    }
}
