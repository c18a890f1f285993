#!/usr/bin/env python3
"""What an edit costs: CPU time of `ringfence lsp` from a key to its diagnostics.

usage: bench_editor.py --ringfence PROGRAM [--lines N] [--keys N] [--limit MS]

A file of N lines with one handler is opened in each language. Then keys are typed,
each waited for: inside the handler, and inside a method far from it. The
clock is the server's own CPU time, which Linux tells of other processes too.
Fails if a median is above the limit.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SWIFT_HEAD = """import CallKit
import Foundation
import PushKit

final class PushService: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private var numbers: [String: Int] = [:]
"""
SWIFT_HANDLER = """
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        guard let kind = payload.dictionaryPayload["kind"] as? String else {
            // typed in the handler
            completion()
            return
        }
        let number = step7(kind, 3)
        let update = CXCallUpdate()
        update.remoteHandle = CXHandle(type: .generic, value: "\\(number)")
        provider.reportNewIncomingCall(with: UUID(), update: update) { _ in completion() }
    }
"""
SWIFT_METHOD = """
    /// Step %(n)d of a long computation.
    func step%(n)d(_ name: String, _ count: Int) -> Int {
        var sum = numbers[name] ?? 0
        for index in 0..<count where index %% 3 != %(n)d %% 3 {
            switch index {
            case 0, 1:
                sum += index * %(n)d
            case let big where big > 100:
                sum -= big
                numbers["step-%(n)d", default: 0] += sum
            default:
                if let old = numbers[name], old > sum {
                    DispatchQueue.main.async { [weak self] in
                        self?.numbers[name] = old + %(n)d
                    }
                } else {
                    numbers[name] = sum // typed elsewhere %(n)d
                }
            }
        }
        return sum > 0 ? sum : step%(next)d(name, count - 1)
    }
"""
OBJC_HEAD = """#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface PushService : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, strong) NSMutableDictionary<NSString *, NSNumber *> *numbers;
@end

@implementation PushService
"""
OBJC_HANDLER = """
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSString *kind = payload.dictionaryPayload[@"kind"];
    if (!kind) {
        // typed in the handler
        completion();
        return;
    }
    NSInteger number = [self step7:kind count:3];
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.localizedCallerName = [NSString stringWithFormat:@"%ld", (long)number];
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:update completion:^(NSError *error) {
        completion();
    }];
}
"""
OBJC_METHOD = """
/// Step %(n)d of a long computation.
- (NSInteger)step%(n)d:(NSString *)name count:(NSInteger)count {
    NSInteger sum = self.numbers[name].integerValue;
    for (NSInteger index = 0; index < count; index++) {
        switch (index) {
            case 0:
            case 1:
                sum += index * %(n)d;
                break;
            default:
                if (self.numbers[name].integerValue > sum) {
                    dispatch_async(dispatch_get_main_queue(), ^{
                        self.numbers[name] = @(sum + %(n)d);
                    });
                } else {
                    [self.numbers setObject:@(sum) forKey:name]; // typed elsewhere %(n)d
                }
                break;
        }
    }
    if (sum > 0) {
        return sum;
    }
    return [self step%(next)d:name count:count - 1];
}
"""
# file name, head, handler, method, last line
LANGUAGES = {
    "Swift": ("PushService.swift", SWIFT_HEAD, SWIFT_HANDLER, SWIFT_METHOD, "}\n"),
    "Objective-C": ("PushService.m", OBJC_HEAD, OBJC_HANDLER, OBJC_METHOD, "\n@end\n"),
}
# One key after the other: a statement, a brace too many for a moment, a comment.
TYPED = 'if numbers.isEmpty { print("empty") } // none\n'
TYPED_OBJC = 'if (!self.numbers) { NSLog(@"empty"); } // none\n'


def source(language, lines):
    """A file of at least `lines` lines with its handler in the middle."""
    _, head, handler, method, end = LANGUAGES[language]
    methods = -(-lines // method.count("\n"))
    parts = [method % {"n": n, "next": (n + 1) % methods} for n in range(methods)]
    parts.insert(methods // 2, handler)
    return head + "".join(parts) + end


class Editor:
    """The editor's side: requests answered, notifications sent, CPU time read."""

    def __init__(self, program, root):
        self.process = subprocess.Popen([program, "lsp", "-j", "1"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.send("initialize", {"capabilities": {}, "rootUri": root.as_uri()}, 1)
        self.wait(lambda m: m.get("id") == 1)
        self.send("initialized", {})

    def send(self, method, params, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return json.loads(self.process.stdout.read(length))

    def wait(self, fits):
        while not fits(message := self.receive()):
            pass
        return message

    def diagnostics(self, uri, version):
        message = self.wait(lambda m: m.get("method") == "textDocument/publishDiagnostics"
                            and m["params"]["uri"] == uri
                            and m["params"].get("version") == version)
        return message["params"]["diagnostics"]

    def cpu(self):
        """Milliseconds that the process has run, ended threads included."""
        return time.clock_gettime(~self.process.pid << 3 | 2) * 1000

    def stop(self):
        self.send("shutdown", None, 2)
        self.wait(lambda m: m.get("id") == 2)
        self.send("exit", None)
        self.process.wait()


def written(script, keys):
    """The first `keys` keys of the script, which starts again at its end."""
    return (script * (keys // len(script) + 1))[:keys]


def typed(editor, uri, text, marker, keys, version):
    """CPU milliseconds of each of `keys`, typed in front of `marker`."""
    at = text.index(marker)
    line, column = text.count("\n", 0, at), at - (text.rfind("\n", 0, at) + 1)
    costs = []
    for key in keys:
        version += 1
        before = editor.cpu()
        editor.send("textDocument/didChange", {
            "textDocument": {"uri": uri, "version": version},
            "contentChanges": [{"range": {"start": {"line": line, "character": column},
                                          "end": {"line": line, "character": column}},
                                "text": key}]})
        found = editor.diagnostics(uri, version)
        costs.append(editor.cpu() - before)
        if not found:
            sys.exit("the diagnostics are gone")
        if key == "\n":
            line, column = line + 1, 0
        else:
            column += 1
    return costs, version


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--ringfence", required=True)
    options.add_argument("--lines", type=int, default=5000)
    options.add_argument("--keys", type=int, default=60)
    options.add_argument("--limit", type=float, default=None)
    options = options.parse_args()
    if sys.platform != "linux":
        sys.exit("bench_editor.py: this needs Linux's CPU clocks of processes")
    slow = False
    for language, (name, *_rest) in LANGUAGES.items():
        text = source(language, options.lines)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder).resolve() / name
            path.write_text(text)
            editor = Editor(options.ringfence, path.parent)
            editor.send("textDocument/didOpen", {"textDocument": {
                "uri": path.as_uri(), "languageId": "", "version": 1, "text": text}})
            editor.diagnostics(path.as_uri(), 1)
            print(f"{language}, {text.count(chr(10))} lines: opened in {editor.cpu():.0f} ms of CPU")
            version = 1
            script = TYPED if name.endswith(".swift") else TYPED_OBJC
            for where, marker in (("in the handler", "// typed in the handler"),
                                  ("elsewhere", "// typed elsewhere 9\n")):
                costs, version = typed(editor, path.as_uri(), text, marker,
                                       written(script, options.keys), version)
                # What was typed stays: the next place moves down with it.
                text = text.replace(marker, written(script, options.keys) + marker, 1)
                median = statistics.median(costs)
                slow |= options.limit is not None and median > options.limit
                print(f"  a key {where}: median {median:.1f} ms of CPU, "
                      f"95 % within {sorted(costs)[int(0.95 * len(costs))]:.1f} ms")
            editor.stop()
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
