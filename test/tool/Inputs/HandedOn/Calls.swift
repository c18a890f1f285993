import CallKit

final class Calls {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func ring(_ done: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            done()
        }
    }
}
