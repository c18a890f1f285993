#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lets apps without calls leave PushKit, and runs them before and after each step.

  leaving.py --ringfence PROGRAM --swiftc PROGRAM --runner PROGRAM --work FOLDER

What a push is meant to do is what it does on a device that enforces nothing.
Before, each VoIP push gets the app killed. After the step move, a push does the
same, whichever way the server sends it (a VoIP push still kills); after clean-up,
when no VoIP pushes are sent any more, too. Prints a line for each app; exits with 1
if something differs.
"""

import argparse
import pathlib
import plistlib
import shutil
import subprocess
import sys

from device import Device, Failure, Unit
from generate import STORE
from migration import information, sources
import compile as targets  # noqa: E402  (migration puts its folder on the path)

DELEGATE = """\
import UIKit
import UserNotifications

@main
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private var pushes: Pushes?

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        UNUserNotificationCenter.current().requestAuthorization(options: [.alert, .badge, .sound]) { _, _ in }
        application.registerForRemoteNotifications()
        pushes = Pushes()
        return true
    }

    func application(_ application: UIApplication,
                     didRegisterForRemoteNotificationsWithDeviceToken deviceToken: Data) {
        print("token: \\(deviceToken.count) bytes")
    }
}
"""

PUSHES = """\
import Foundation
import PushKit

final class Pushes: NSObject {
    private let registry = PKPushRegistry(queue: .main)

    override init() {
        super.init()
        registerForPushes()
    }

    private func registerForPushes() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }
}

// MARK: - PushKit

extension Pushes: PKPushRegistryDelegate {
    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {}

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
BODY    }
}
"""

# The handlers' statements.
HANDLERS = {
    "keeps": """\
        guard type == .voIP else { return }
        let item = payload.dictionaryPayload["item"] as? String ?? "none"
        print("work: kept " + item)
        Store.shared.refresh {
            completion()
        }
""",
    "parts": """\
        let info = payload.dictionaryPayload
        guard let item = info["item"] as? String else {
            Store.shared.prune()
            completion()
            return
        }
        if item == "i7" {
            print("work: seven")
            completion()
        } else {
            Store.shared.refresh {
                print("work: refreshed for " + item)
                completion()
            }
        }
""",
}
PAYLOADS = {"seven": {"item": "i7"}, "other": {"item": "i9"}, "empty": {}}
STEPS = ["move", "clean-up"]


class Leaving:
    def __init__(self, name, body, device, ringfence, work):
        self.name, self.device, self.problems, self.states = name, device, [], {}
        place = pathlib.Path(work) / "apps" / name
        shutil.rmtree(place, ignore_errors=True)
        folder = place / "before"
        (folder / "App").mkdir(parents=True)
        for file, text in [("AppDelegate", DELEGATE), ("Store", STORE), ("Pushes", PUSHES.replace("BODY", body))]:
            (folder / "App" / f"{file}.swift").write_text(text)
        with open(folder / "App" / "Info.plist", "wb") as f:
            plistlib.dump({"CFBundleIdentifier": "$(PRODUCT_BUNDLE_IDENTIFIER)", "UIBackgroundModes": ["voip"]}, f)
        self.install("before", folder)
        for step in STEPS:
            previous, folder = folder, place / step
            shutil.copytree(previous, folder)
            done = subprocess.run([ringfence, "fix", "--apply", "--allow-dirty", "--step", step, "--level", "review"],
                                  cwd=folder, capture_output=True, text=True)
            if "applied: " not in done.stdout + done.stderr:
                self.problems.append(f"{step}: nothing is applied: {done.stdout}{done.stderr}")
            shutil.rmtree(folder / ".ringfence", ignore_errors=True)
            self.install(step, folder)

    def install(self, state, folder):
        self.states[state] = folder
        self.device.install(Unit(self.unit(state), sources(targets.sources_under(folder), folder)))

    def unit(self, state):
        return f"{self.name}_{state.replace('-', '_')}"

    def run(self, state, kind, **how):
        steps = [{"kind": kind, "name": name,
                  "payload": {"aps": {"content-available": 1}, **payload} if kind == "silent" else payload}
                 for name, payload in PAYLOADS.items()]
        outcomes = self.device.run(self.unit(state), steps, info=information(self.states[state]),
                                   replies={"/items": "[1, 2]"}, **how)
        if len(outcomes) != len(steps):
            self.problems.append(f"{state}: does not launch: {outcomes[-1].killed} {outcomes[-1].printed}")
            return {}
        return {o.name: o for o in outcomes}

    def check(self):
        meant = self.run("before", "voip", enforces=False)
        if not all(o.work() for o in meant.values()):
            self.problems.append("before: a push does nothing")
        for state in ("before", "move"):
            for name, came in self.run(state, "voip").items():
                if not came.killed:
                    self.problems.append(f"{state}, VoIP push '{name}': kills no app without calls")
        self.same("move, VoIP pushes below iOS 13", meant, self.run("move", "voip", system=12))
        for state in STEPS:
            self.same(f"{state}, silent pushes", meant, self.run(state, "silent"))
        modes = information(self.states["clean-up"])["modes"]
        if modes != ["remote-notification"]:
            self.problems.append(f"clean-up: background modes {modes}")

    def same(self, where, meant, came):
        for name, outcome in came.items():
            if outcome.killed or outcome.violations:
                self.problems.append(f"{where}, '{name}': {outcome.killed} {outcome.violations}")
            if outcome.work() != meant[name].work():
                self.problems.append(f"{where}, '{name}': does {outcome.work()}, before {meant[name].work()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ringfence", "swiftc", "runner", "work"):
        parser.add_argument("--" + name, required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    args = parser.parse_args()
    work = pathlib.Path(args.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    device = Device(work, args.swiftc, args.runner)
    apps = [Leaving(name, body, device, args.ringfence, work) for name, body in HANDLERS.items()]
    device.build()
    for app in apps:
        app.check()
        print(f"{app.name}: {'leaves' if not app.problems else 'differs'}")
        for problem in app.problems:
            print("  " + problem)
    sys.exit(any(app.problems for app in apps))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"leaving.py: {failure}")
