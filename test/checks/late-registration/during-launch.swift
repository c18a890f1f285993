// RUN: cd "%S" && %ringfence check --checks='-*,ringfence-late-registration' "%s" | %FileCheck "%s" --allow-empty --implicit-check-not='[ringfence-'

import CallKit
import PushKit
import UIKit

final class AppDelegate: UIResponder, UIApplicationDelegate {
    private var registry: PKPushRegistry?
    private let pushes = Pushes(provider: CXProvider(configuration: CXProviderConfiguration()))

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        startPushes()
        return true
    }

    private func startPushes() {
        let registry = PKPushRegistry(queue: .main)
        registry.delegate = pushes
        registry.desiredPushTypes = [.voIP]
        self.registry = registry
    }
}

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
