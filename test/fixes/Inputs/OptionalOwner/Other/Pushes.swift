import CallKit

/// Another app's type of the same name, with a provider of its own.
final class Pushes: NSObject {
    let provider = CXProvider(configuration: CXProviderConfiguration())

    func ring(_ room: String) {
        let update = CXCallUpdate()
        update.localizedCallerName = room
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in }
    }
}
