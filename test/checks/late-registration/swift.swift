// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-late-registration' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit
import UIKit

final class AppDelegate: UIResponder, UIApplicationDelegate {
    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        return true
    }
}

final class CallScreen: UIViewController {
    private var registry: PKPushRegistry?
    private let pushes = Pushes(provider: CXProvider(configuration: CXProviderConfiguration()))

    override func viewDidAppear(_ animated: Bool) {
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}not set up during launch{{.*}}[ringfence-late-registration]
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
