// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-late-registration' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import Flutter
import PushKit

@UIApplicationMain
final class AppDelegate: FlutterAppDelegate {
    override func application(_ application: UIApplication,
                              didFinishLaunchingWithOptions options: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        GeneratedPluginRegistrant.register(with: self)
        return super.application(application, didFinishLaunchingWithOptions: options)
    }
}

// The generated registrant calls this during launch.
final class PushPlugin: NSObject, FlutterPlugin, PKPushRegistryDelegate {
    private var registry: PKPushRegistry?
    private var late: PKPushRegistry?
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    static func register(with registrar: FlutterPluginRegistrar) {
        let plugin = PushPlugin()
        plugin.startPushes()
    }

    private func startPushes() {
        let registry = PKPushRegistry(queue: .main)
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
        self.registry = registry
    }

    func handle(_ call: FlutterMethodCall, result: @escaping FlutterResult) {
        // CHECK: [[@LINE+1]]:24: warning: the push registry is not set up during launch{{.*}}[ringfence-late-registration]
        let registry = PKPushRegistry(queue: .main)
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
        late = registry
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}
