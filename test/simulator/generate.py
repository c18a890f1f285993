#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes small apps around one VoIP push handler each. cases.py says which."""

import pathlib
import plistlib
from dataclasses import dataclass, field

from migration import App, Push

CALL = "E621E1F8-C36C-495A-93FC-0C247A3E6E5F"

APP_DELEGATE = """\
import UIKit
import UserNotifications

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let pushes = Pushes(calls: Calls())

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .badge, .sound]) { _, _ in }
        pushes.start()
        return true
    }
}
"""

CALLS = """\
import CallKit
import Foundation

/// Owns the provider.
final class Calls: NSObject {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func ring(_ id: UUID, caller: String, completion: @escaping () -> Void) {
        let update = CXCallUpdate()
        update.remoteHandle = CXHandle(type: .generic, value: caller)
        provider.reportNewIncomingCall(with: id, update: update) { _ in
            completion()
        }
    }

    func end(_ id: UUID) {
        provider.reportCall(with: id, endedAt: nil, reason: .remoteEnded)
    }
}
"""

STORE = """\
import Foundation

/// What is kept on the device.
final class Store {
    static let shared = Store()

    private let file = FileManager.default.temporaryDirectory.appendingPathComponent("store.json")

    /// Asks the server, and keeps what it says.
    func refresh(completion: @escaping () -> Void) {
        let url = URL(string: "https://example.net/items")!
        URLSession.shared.dataTask(with: url) { data, _, _ in
            try? data?.write(to: self.file)
            print("work: stored \\(data?.count ?? 0) bytes")
            completion()
        }.resume()
    }

    /// Remembers one thing. Some take a while; one ends the app the first time.
    func note(_ item: String, completion: @escaping () -> Void) {
        let place = FileManager.default.urls(for: .applicationSupportDirectory, in: .userDomainMask)[0]
            .appendingPathComponent(item)
        let isNew = !FileManager.default.fileExists(atPath: place.path)
        try? FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try? item.write(to: place, atomically: true, encoding: .utf8)
        if item == "crash" && isNew {
            exit(1)
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + (item == "slow" ? 0.3 : 0)) {
            print("work: noted " + item)
            completion()
        }
    }

    /// Drops what is out of date.
    func prune() {
        try? FileManager.default.removeItem(at: file)
        print("work: pruned")
    }
}
"""

FORMATTER = """\
import Foundation

/// Turns what the server sends into what people read.
struct Formatter {
    func text(_ body: String?) -> String {
        String((body ?? "").reversed())
    }
}
"""

HANDLER = """\
import CallKit
import Foundation
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: QUEUE)
    private let calls: Calls
MEMBERS
    init(calls: Calls) {
        self.calls = calls
        super.init()
    }

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
BODY    }
METHODS}
"""

RING = """\
guard let text = info["call"] as? String, let id = UUID(uuidString: text) else {
    completion()
    return
}
calls.ring(id, caller: info["caller"] as? String ?? "Unknown", completion: completion)
"""

# The ways in which handlers tell the kinds of pushes apart.
STYLES = ("switch", "chain", "early", "number")


@dataclass
class Arm:
    """What the handler does for one kind of push, its completion call included."""
    kind: str  # of Push
    name: str  # in the payload
    code: str
    payload: dict = field(default_factory=dict)


@dataclass
class Case:
    """A handler: `style` of STYLES, what its arms do, and what else its type holds."""
    name: str
    style: str
    arms: list
    moves: set
    head: str = ""  # in front of the arms
    members: str = ""
    methods: str = ""
    queue: str = "nil"
    defaults: dict = field(default_factory=dict)
    deployment_target: str = ""
    systems: tuple = (17,)
    works_at_once: tuple = ()
    keeps: frozenset = frozenset()


def indented(code, levels):
    return "".join(("    " * levels + line if line.strip() else line) for line in code.splitlines(True))


def body(case):
    """The handler's statements, one level in."""
    arms = [Arm("call", "call", RING), *case.arms]
    out = "let info = payload.dictionaryPayload\n" + case.head
    if case.style == "switch":
        out += 'guard let kind = info["kind"] as? String else {\n    completion()\n    return\n}\nswitch kind {\n'
        for arm in arms:
            out += f'case "{arm.name}":\n' + indented(arm.code, 1)
        out += "default:\n    completion()\n}\n"
    elif case.style == "number":
        out += 'switch info["number"] as? Int {\n'
        for number, arm in enumerate(arms):
            out += f"case {number}:\n" + indented(arm.code, 1)
        out += "default:\n    completion()\n}\n"
    elif case.style == "chain":
        out += 'let kind = info["kind"] as? String ?? ""\n'
        for index, arm in enumerate(arms):
            out += f'{"} else " if index else ""}if kind == "{arm.name}" {{\n' + indented(arm.code, 1)
        out += "} else {\n    completion()\n}\n"
    else:
        for arm in arms[1:]:
            out += f'if info["kind"] as? String == "{arm.name}" {{\n' + indented(arm.code, 1) + "    return\n}\n"
        out += arms[0].code
    return indented(out, 2)


def pushes(case):
    """A push for each arm, and those that handlers forget. Before the migration all
    but the call get the app killed."""
    payload = lambda number, arm: {"kind": arm.name, "number": number, **arm.payload}
    yield Push("call", "call", {"kind": "call", "number": 0, "call": CALL, "caller": "Ann"})
    for number, arm in enumerate(case.arms, 1):
        yield Push(arm.name, arm.kind, payload(number, arm), True)
    yield Push("broken call", "other", {"kind": "call", "number": 0, "call": "7"}, True)
    yield Push("unknown", "other", {"kind": "typing", "number": 99}, True)
    yield Push("nameless", "other", {}, True)


def write(case, folder):
    """Writes the app of `case` to `folder` and returns what is known of it."""
    source = pathlib.Path(folder) / "App"
    source.mkdir(parents=True, exist_ok=True)
    members = case.members and case.members.rstrip("\n") + "\n"
    handler = HANDLER.replace("QUEUE", case.queue).replace("MEMBERS", indented(members, 1)) \
        .replace("BODY", body(case)).replace("METHODS", "\n" + indented(case.methods, 1) if case.methods else "")
    for name, text in [("AppDelegate", APP_DELEGATE), ("Calls", CALLS), ("Store", STORE), ("Formatter", FORMATTER),
                       ("Pushes", handler)]:
        (source / f"{name}.swift").write_text(text)
    with open(source / "Info.plist", "wb") as f:
        plistlib.dump({"CFBundleIdentifier": "$(PRODUCT_BUNDLE_IDENTIFIER)", "UIBackgroundModes": ["voip"]}, f)
    if case.deployment_target:
        (pathlib.Path(folder) / ".ringfence.yaml").write_text(f"deployment-target: {case.deployment_target}\n")
    return App(case.name, pathlib.Path(folder), list(pushes(case)), case.moves,
               replies={"/items": "[1, 2]"}, defaults=case.defaults, systems=case.systems,
               works_at_once=case.works_at_once, keeps=case.keeps)
