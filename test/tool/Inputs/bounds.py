"""A handler that goes past a bound of the analysis, and one step short of it.

usage: bounds.py KIND N LANGUAGE, where KIND is depth (N helpers, each called by
the one before, the last of which reports), works (N files removed by N helpers)
or ways (N questions whose answers are asked for again).
"""

import sys

kind, count, language = sys.argv[1], int(sys.argv[2]), sys.argv[3]
swift = language == "swift"
body, helpers = [], []


def call(name):
    return f"{name}()" if swift else f"[self {name}];"


def helper(name, lines):
    head = f"func {name}() {{" if swift else f"- (void){name} {{"
    helpers.extend([head, *lines, "}"])


REPORT = (
    "provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }"
    if swift
    else "[self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] "
    "update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];"
)

if kind == "depth":
    body.append(call("step1"))
    for i in range(1, count):
        helper(f"step{i}", [call(f"step{i + 1}")])
    helper(f"step{count}", [REPORT])
elif kind == "works":
    removes = (
        'try? FileManager.default.removeItem(atPath: "{}")'
        if swift
        else '[[NSFileManager defaultManager] removeItemAtPath:@"{}" error:nil];'
    )
    # From statements of their own: what one does twice is listed once.
    for i in range(count):
        body.append(call(f"tidyUp{i}"))
        helper(f"tidyUp{i}", [removes.format(i)])
    body.append(REPORT)
else:
    ask = "if payload.q{0} {{ print({0}) }}" if swift else 'if (self.q{0}) {{ NSLog(@"{0}"); }}'
    body += [ask.format(i) for i in range(count)] + [REPORT]

if swift:
    print("import CallKit\nimport PushKit")
    print("final class Pushes: NSObject, PKPushRegistryDelegate {")
    print("let provider: CXProvider")
    print("func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {")
else:
    print("#import <CallKit/CallKit.h>\n#import <PushKit/PushKit.h>")
    print("@implementation Pushes")
    print("- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {")
print(*body, call("completion") if swift else "completion();", "}", *helpers, sep="\n")
print("}" if swift else "@end")
