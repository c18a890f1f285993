import CallKit
import Foundation
import PushKit

@MainActor
final class PushHandler: NSObject, PKPushRegistryDelegate {
    static let shared = PushHandler()

    nonisolated func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials,
                                  for type: PKPushType) {}

    nonisolated func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                                  for type: PKPushType) async {
        let info = payload.dictionaryPayload
        if info["kind"] as? String == "sync" {
            // The other device has changed it.
            let book = info["book"] as? String ?? "all"
            await AddressBook.shared.sync(book)
            return
        }
        Calls.shared.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
}

final class Calls: Sendable {
    static let shared = Calls()
    let provider = CXProvider(configuration: CXProviderConfiguration())
}

actor AddressBook {
    static let shared = AddressBook()

    func sync(_ book: String) async {
        _ = try? await URLSession.shared.data(from: URL(string: "https://example.org/" + book)!)
    }
}
