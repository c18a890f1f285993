// Where "a != b" has been answered, so has "a == b".
// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-unreported-path' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

import CallKit
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    private var provider: CXProvider
    private var rooms: [String: String] = [:]

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let room = payload.dictionaryPayload["room"] as? String
        if rooms["last"] == nil || rooms["last"] != room {
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        } else if (rooms["last"] == room) {
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }
}

final class Others: NSObject, PKPushRegistryDelegate {
    private var provider: CXProvider
    private var rooms: [String: String] = [:]

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let room = payload.dictionaryPayload["room"] as? String
        if rooms["last"] != room {
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        } else if rooms["first"] == room {
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this path returns without calling {{.*}}[ringfence-unreported-path]
    }
}
