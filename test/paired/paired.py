#!/usr/bin/env python3
"""Holds the two languages to the same judgement.

usage: paired.py --ringfence PROGRAM [--show] SHAPE…

A shape is a Markdown page: one handler, written in Swift and in Objective-C, and
what ringfence has to say of either. Its blocks are

    swift, objc       the statements of the handler
    swift helpers,    members of its class (optional)
    objc helpers
    expected          what is said, a line each

and `signature: legacy` or `signature: metadata` in its text chooses another
delegate method. A comment `// (A)` behind a line names it; the method's last line
is (end), its head is (head). Lines of `expected`, in any order:

    reports VERDICT             always, some-paths, late, never, unknown
    completion VERDICT          always, some-paths, never, none
    exit LINE [late]            an exit without a report (or one that comes late)
    CHECK LINE                  a finding; CHECK is without "ringfence-"
    EFFECT LINE DESTINATION     work on a named line

Work on lines without a name has to be named, unless it is logging, a value, the
completion handler, a hop or a call that nobody knows.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

BLOCK = re.compile(r"^```(swift|objc|expected)( helpers)?\n(.*?)^```$", re.M | re.S)
NAME = re.compile(r"// \((\w+)\)\s*$")
QUIET = {"log", "pure", "completion", "async-hop", "unknown", "call-setup"}

SWIFT = """import CallKit
import PushKit
import UIKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    let provider: CXProvider

    %(head)s { // (head)
%(body)s    } // (end)

    func ring() {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }

%(helpers)s}
"""
OBJC = """#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>
#import <UserNotifications/UserNotifications.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

%(head)s { // (head)
%(body)s} // (end)

- (void)ring {
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
}

%(helpers)s@end
"""
PUSH = "func pushRegistry(_ registry: PKPushRegistry, "
SEND = "- (void)pushRegistry:(PKPushRegistry *)registry "
HEADS = {
    ("swift", "modern"): PUSH
    + "didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void)",
    ("swift", "legacy"): PUSH
    + "didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType)",
    ("swift", "metadata"): PUSH
    + "didReceiveIncomingVoIPPushWith payload: PKPushPayload, metadata: PKVoIPPushMetadata, withCompletionHandler completion: @escaping () -> Void)",
    ("objc", "modern"): SEND
    + "didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion",
    ("objc", "legacy"): SEND
    + "didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type",
    ("objc", "metadata"): SEND
    + "didReceiveIncomingVoIPPushWithPayload:(PKPushPayload *)payload metadata:(PKVoIPPushMetadata *)metadata withCompletionHandler:(void (^)(void))completion",
}


def read_shape(path):
    """Sources by language, and the expected lines."""
    text = path.read_text(encoding="utf-8")
    blocks = {(kind, bool(helpers)): body for kind, helpers, body in BLOCK.findall(text)}
    found = re.search(r"^signature: (\w+)$", text, re.M)
    signature = found[1] if found else "modern"
    sources = {
        language: template
        % {
            "head": HEADS[language, signature],
            "body": blocks[language, False],
            "helpers": blocks.get((language, True), ""),
        }
        for language, template in (("swift", SWIFT), ("objc", OBJC))
    }
    expected = blocks["expected", False].split("\n")
    return sources, {line.strip() for line in expected if line.strip()}


def judge(program, language, source):
    """The lines that `check` leads to."""
    names = {
        number: match[1]
        for number, line in enumerate(source.split("\n"), 1)
        if (match := NAME.search(line))
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / ("Push.swift" if language == "swift" else "Push.m")
        file.write_text(source, encoding="utf-8")
        run = subprocess.run(
            [program, "check", "--format", "json", "."], cwd=folder, capture_output=True
        )
    if run.returncode not in (0, 1):
        return {f"ringfence ended with {run.returncode}: {run.stderr.decode()}"}
    output = json.loads(run.stdout)
    if len(output["handlers"]) != 1:
        return {f"{len(output['handlers'])} handlers"}
    handler = output["handlers"][0]

    def name(item):
        line = item.get("handlerLine", item["line"])
        return names.get(line, f"?{line}")

    lines = {f"reports {handler['reports']}", f"completion {handler['completion']}"}
    for leave in handler["unreportedExits"]:
        lines.add(f"exit {name(leave)}" + (" late" if leave["late"] else ""))
    for finding in output["findings"]:
        lines.add(f"{finding['check'].removeprefix('ringfence-')} {name(finding)}")
    for step in handler["steps"]:
        at = name(step)
        if step["effect"] not in QUIET or not at.startswith("?"):
            lines.add(f"{step['effect']} {at} {step['destination']}")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ringfence", required=True)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("shapes", nargs="+", type=Path)
    options = parser.parse_args()
    program = str(Path(options.ringfence).resolve())
    wrong = 0
    for path in options.shapes:
        sources, expected = read_shape(path)
        for language, source in sources.items():
            got = judge(program, language, source)
            if options.show:
                print(f"{path.stem}, {language}:", *sorted(got), sep="\n    ")
            if got == expected:
                continue
            wrong += 1
            print(f"{path.stem}, {language}:")
            for line in sorted(expected - got):
                print(f"  not said: {line}")
            for line in sorted(got - expected):
                print(f"  said:     {line}")
    print(f"{len(options.shapes)} shapes in two languages, {wrong} judged otherwise")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
