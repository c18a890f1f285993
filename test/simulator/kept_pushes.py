#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Moves work that needs what was pushed, and looks after the pushes that wait for it.

  kept_pushes.py --ringfence PROGRAM --swiftc PROGRAM --runner PROGRAM --work FOLDER

Prints a line for each course of events and exits with 0 if no push was lost and
none was worked off twice that had ended.
"""

import argparse
import pathlib
import shutil
import sys

from cases import NOTE, work
from device import Device, Failure
from generate import Case, write
from migration import Migration, information

CASE = Case("queue", "switch", [work(NOTE)], {"work"}, queue=".main")


def voip(item, **more):
    return {"kind": "voip", "name": item, "payload": {"kind": "sync", "item": item, **more}}


def silent(item):
    return {"kind": "silent", "name": item,
            "payload": {"aps": {"content-available": 1}, "kind": "sync", "item": item}}


TASK = {"kind": "background", "name": "task"}
EXPIRED = {**TASK, "expires": True}
# The steps, and the items that the last of them have to note, in order.
COURSES = {
    "one task does two pushes": ([voip("a"), voip("b"), TASK], [[], [], ["a", "b"]]),
    "a second task does nothing": ([voip("a"), TASK, TASK], [[], ["a"], []]),
    "order": ([voip(str(n)) for n in range(12)] + [TASK], [[]] * 12 + [[str(n) for n in range(12)]]),
    "the app ends in between": ([voip("a"), voip("crash"), voip("c"), TASK, TASK],
                                [[], [], [], ["a"], ["crash", "c"]]),
    "the app ends each time": ([voip("poison"), voip("b")] + [TASK] * 6, [[]] * 7 + [["b"]]),
    "nulls": ([voip("a", none=None, inner={"none": None, "list": [None, 1]}), TASK], [[], ["a"]]),
    "a silent push does not wait": ([silent("a"), TASK], [["a"], []]),
}


def noted(outcome):
    return [p.removeprefix("work: noted ") for p in outcome.printed if p.startswith("work: noted ")]


def waiting(home):
    return [p for folder in home.rglob("background-refresh") for p in folder.iterdir()]


class Courses:
    def __init__(self, app, device, ringfence, work):
        self.device, self.migration = device, Migration(app, device, ringfence, work / "apps")
        self.home = work / "home" / "queue_move-17-True"

    def run(self, steps):
        """The outcomes of `steps` in a freshly installed app, and what they break."""
        shutil.rmtree(self.home, ignore_errors=True)
        outcomes = self.device.run("queue_move", steps, info=information(self.migration.states["move"]))
        return outcomes, [v for o in outcomes for v in o.violations]

    def course(self, steps, expected):
        outcomes, problems = self.run(steps)
        came = [noted(o) for o in outcomes]
        if came != expected:
            problems.append(f"notes {came}, not {expected}")
        # The app that ends by itself says nothing.
        killed = [o.killed for o in outcomes if o.killed not in ("", "crashed: ")]
        return problems + killed + [f"{p.name} waits" for p in waiting(self.home)]

    def bound(self):
        """200 wait at most; the oldest go."""
        _, problems = self.run([voip(str(n)) for n in range(202)])
        numbers = sorted(int(p.name[:10]) for p in waiting(self.home))
        return problems + ([] if numbers == list(range(3, 203)) else [f"{numbers} wait"])

    def expiry(self):
        """The system takes its time back while the first push is worked off."""
        outcomes, problems = self.run([voip("slow"), voip("b"), EXPIRED])
        if "b" in noted(outcomes[-1]):
            problems.append("goes on after the expiry")
        if not outcomes[-1].of("submitted"):
            problems.append("asks for no other run")
        if not waiting(self.home):
            problems.append("gives up what waits")
        outcomes, broken = self.run([voip("slow"), voip("b"), EXPIRED, TASK, TASK])
        done = [item for o in outcomes for item in noted(o)]
        if set(done) != {"slow", "b"} or done.count("b") != 1:
            problems.append(f"notes {done}")
        return problems + broken + [o.killed for o in outcomes if o.killed] \
            + [f"{p.name} waits" for p in waiting(self.home)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ringfence", "swiftc", "runner", "work"):
        parser.add_argument("--" + name, required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    args = parser.parse_args()
    work = pathlib.Path(args.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    device = Device(work, args.swiftc, args.runner)
    courses = Courses(write(CASE, work / "written" / CASE.name), device, args.ringfence, work)
    device.build()
    problems = {name: courses.course(*course) for name, course in COURSES.items()}
    problems["too many"] = courses.bound()
    problems["expiry"] = courses.expiry()
    for name, found in problems.items():
        print(f"{name}: {'kept' if not found else f'LOST: {found}'}")
    sys.exit(any(problems.values()))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"kept_pushes.py: {failure}")
