import Foundation

/// What the user has chosen, shared by everything that is in the app group.
final class Settings {
    static let shared = Settings()

    private enum Key {
        static let showsPreviews = "shows-previews"
        static let sharesLocation = "shares-location"
        static let account = "account"
    }

    private let defaults = UserDefaults(suiteName: "group.net.example.courier")

    /// Whether notifications say what a message says.
    var showsPreviews: Bool {
        get { defaults?.object(forKey: Key.showsPreviews) as? Bool ?? true }
        set { defaults?.set(newValue, forKey: Key.showsPreviews) }
    }

    /// Whether friends may ask where this device is.
    var sharesLocation: Bool {
        get { defaults?.bool(forKey: Key.sharesLocation) ?? false }
        set { defaults?.set(newValue, forKey: Key.sharesLocation) }
    }

    var account: String? {
        get { defaults?.string(forKey: Key.account) }
        set { defaults?.set(newValue, forKey: Key.account) }
    }
}
