import Foundation

/// Tells the server where this device is reached.
final class DeviceRegistration {
    private static let tokenKey = "voip-token"

    private let client: SyncClient
    private let defaults: UserDefaults

    init(client: SyncClient = SyncClient(), defaults: UserDefaults = .standard) {
        self.client = client
        self.defaults = defaults
    }

    func update(voipToken: Data) {
        let token = voipToken.map { String(format: "%02x", $0) }.joined()
        // The system hands the same token out at each launch.
        guard defaults.string(forKey: Self.tokenKey) != token else { return }
        client.register(voipToken: token)
        defaults.set(token, forKey: Self.tokenKey)
    }

    func forget() {
        defaults.removeObject(forKey: Self.tokenKey)
    }
}
