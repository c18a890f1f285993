#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Moves upkeep of a handler into a background task that the app registers already,
and looks after both works.

  joined_task.py --ringfence PROGRAM --swiftc PROGRAM --runner PROGRAM --work FOLDER

The device ends an app that registers an identifier twice and complains about a task
that is completed more than once or never. Prints a line for each course of events
and exits with 0 if each work was done as often as it should be.
"""

import argparse
import pathlib
import plistlib
import shutil
import sys

from cases import NOTE, work
from device import Device, Failure
from generate import APP_DELEGATE, Case, write
from kept_pushes import EXPIRED, TASK, noted, voip
from migration import Migration, information

CASE = Case("joined", "switch", [work(NOTE)], {"work"}, queue=".main")
IDENTIFIER = "org.example.joined.refresh"
# The work there: asked for by launching, done on another queue, and over a while
# after the system has taken its time back.
REGISTRATION = f"""\
        BGTaskScheduler.shared.register(forTaskWithIdentifier: "{IDENTIFIER}", using: nil) {{ task in
            self.refreshRoster(task: task as! BGAppRefreshTask)
        }}
        return true
    }}

    private func refreshRoster(task: BGAppRefreshTask) {{
        print("work: roster")
        let work = DispatchWorkItem {{
            task.setTaskCompleted(success: true)
        }}
        task.expirationHandler = {{
            work.cancel()
            task.setTaskCompleted(success: false)
        }}
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.05, execute: work)
    }}
"""
# Nothing there asks about its time.
HEEDLESS = REGISTRATION.replace("""\
        task.expirationHandler = {
            work.cancel()
            task.setTaskCompleted(success: false)
        }
""", "")


def app(folder, registration):
    case = write(CASE, folder)
    source = folder / "App"
    (source / "AppDelegate.swift").write_text(
        "import BackgroundTasks\n" + APP_DELEGATE.replace("        return true\n    }\n", registration))
    with open(source / "Info.plist", "wb") as f:
        plistlib.dump({"CFBundleIdentifier": "$(PRODUCT_BUNDLE_IDENTIFIER)",
                       "BGTaskSchedulerPermittedIdentifiers": [IDENTIFIER],
                       "UIBackgroundModes": ["fetch", "voip"]}, f)
    return case


class Joined:
    def __init__(self, name, registration, device, ringfence, work):
        self.name, self.device = name, device
        known = app(work / "written" / name, registration)
        known.name = name
        self.migration = Migration(known, device, ringfence, work / "apps")
        self.home = work / "home" / f"{name}_move-17-True"

    def course(self, steps, expected):
        """`expected`: for each step the items noted, how often the roster came, and
        how the tasks were completed."""
        shutil.rmtree(self.home, ignore_errors=True)
        outcomes = self.device.run(f"{self.name}_move", steps, info=information(self.migration.states["move"]))
        problems = [v for o in outcomes for v in o.violations] + [o.killed for o in outcomes if o.killed]
        # What goes on after the expiry is said beside the next attempt.
        came = [(sorted(set(noted(o))), o.printed.count("work: roster"), [e["success"] for e in o.of("task completed")])
                for o in outcomes]
        if came != expected:
            problems.append(f"comes to {came}, not {expected}")
        return problems


PUSHED = ([], 0, [])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ringfence", "swiftc", "runner", "work"):
        parser.add_argument("--" + name, required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    args = parser.parse_args()
    work = pathlib.Path(args.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    device = Device(work, args.swiftc, args.runner)
    heedful = Joined("heedful", REGISTRATION, device, args.ringfence, work)
    heedless = Joined("heedless", HEEDLESS, device, args.ringfence, work)
    device.build()
    problems = {
        "both works run once": heedful.course(
            [voip("a"), voip("b"), TASK, TASK], [PUSHED, PUSHED, (["a", "b"], 1, [True]), PUSHED]),
        "expiry ends both": heedful.course([voip("slow"), EXPIRED], [PUSHED, ([], 1, [False])]),
        "what was cut off comes again": heedful.course(
            [voip("slow"), EXPIRED, TASK], [PUSHED, ([], 1, [False]), (["slow"], 1, [True])]),
        "a work that does not ask about its time": heedless.course(
            [voip("slow"), EXPIRED, TASK], [PUSHED, ([], 1, [False]), (["slow"], 1, [True])]),
    }
    problems["nothing waits"] = [str(p) for folder in heedless.home.rglob("background-*") for p in folder.iterdir()]
    for name, found in problems.items():
        print(f"{name}: {'kept' if not found else f'BROKEN: {found}'}")
    sys.exit(any(problems.values()))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"joined_task.py: {failure}")
