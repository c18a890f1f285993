// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-background-work' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Syncs: NSObject, PKPushRegistryDelegate {
    private let provider: CXProvider
    private let contacts = Contacts()

    init(provider: CXProvider) {
        self.provider = provider
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        if payload.dictionaryPayload["kind"] as? String == "sync" {
            // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}belongs in a background task{{.*}}[ringfence-background-work]
            contacts.sync()
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in
            completion()
        }
    }
}

final class Contacts {
    func sync() {
        let url = URL(string: "https://example.com/contacts")!
        URLSession.shared.dataTask(with: url) { data, _, _ in
            UserDefaults.standard.set(data, forKey: "contacts")
        }.resume()
    }
}

// A call is reported, and nothing else is done.
final class Reports: NSObject, PKPushRegistryDelegate {
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
