"""A handler that asks N questions in a row before it reports."""

import sys

print("import PushKit\nimport CallKit\n")
print("final class Calls: NSObject, PKPushRegistryDelegate {")
print("  let provider: CXProvider")
print("  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,")
print("                    for type: PKPushType, completion: @escaping () -> Void) {")
for i in range(int(sys.argv[1])):
    print(f"    if payload.flag{i} {{ print({i}) }}")
print("    guard payload.isCall else { return }")
print("    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }")
print("  }\n}")
