// What is compiled for other systems alone is no way of a push.
// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-unreported-path' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#if canImport(CallKit)
import CallKit
#endif
import PushKit

final class Pushes: NSObject, PKPushRegistryDelegate {
    private var provider: CXProvider

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        #if canImport(CallKit) && !targetEnvironment(macCatalyst)
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        #else
        completion()
        #endif
    }
}

final class Flagged: NSObject, PKPushRegistryDelegate {
    private var provider: CXProvider

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        #if canImport(CallKit) && CALLS
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        #else
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this path returns without calling {{.*}}[ringfence-unreported-path]
        completion()
        #endif
    }
}
