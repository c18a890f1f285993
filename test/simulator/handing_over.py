#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Migrates an app whose pushes are told apart by decrypting only, and lets both kinds
of server push to it: an old one VoIP pushes, a new one alerts for everything.

  handing_over.py --ringfence PROGRAM --swiftc PROGRAM --runner PROGRAM --work FOLDER

Prints a line for each course of events and exits with 0 if each went as it has to.
"""

import argparse
import base64
import itertools
import json
import pathlib
import shutil
import sys

from device import Device, Failure
from generate import CALL
from migration import AS_PUSHED, App, Migration, information

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = HERE.parent / "fixes" / "Inputs" / "HandedOver" / "Plover"
KEY = b"0123456789abcdef"


def sealed(**content):
    clear = json.dumps(content).encode()
    return {"sealed": base64.b64encode(bytes(a ^ b for a, b in zip(clear, itertools.cycle(KEY)))).decode()}


PUSHES = {
    "ring": sealed(ring={"id": CALL, "caller": "Ann", "medium": "video", "room": "https://example.net/7"}),
    "chat": sealed(chat={"author": "Ben", "text": "See you at eight"}),
    "silent chat": sealed(chat={"author": "Ben"}),
    "typing": sealed(typing=True),
    "unreadable": {"sealed": "!"},
    "bare": {},
}
RINGS = [(CALL, "Ann", "", True)]
NOTES = {"chat": ("Ben", "See you at eight"), "silent chat": ("Ben", "New message")}


def voip():
    return [{"kind": "voip", "name": name, "payload": payload} for name, payload in PUSHES.items()]


def alerts(copies=1):
    alert = {"alert": {"title": AS_PUSHED["title"], "body": AS_PUSHED["body"]}, "mutable-content": 1}
    return [{"kind": "alert", "name": name, "copies": copies, "payload": {"aps": alert, **payload}}
            for name, payload in PUSHES.items()]


def shown(name):
    title, body = NOTES[name]
    return {**AS_PUSHED, "title": title, "body": body}


class Courses:
    def __init__(self, device, ringfence, work):
        self.device = device
        self.migration = Migration(App("plover", FOLDER, [], set()), device, ringfence, work / "apps")

    def app(self, state, steps, **how):
        """What each push leads to in the app, by its name."""
        outcomes = self.device.run(f"plover_{state}", steps, info=information(self.migration.states[state]), **how)
        return {o.name: o for o in outcomes}

    def extension(self, copies=1, system=17, **info):
        steps = alerts(copies)
        outcomes = self.device.run("plover_move_service", steps, system=system,
                                   info={"isExtension": True, "mayFilter": True, **info})
        return {o.name: o for o in outcomes}

    @staticmethod
    def sound(outcomes):
        for name, outcome in outcomes.items():
            yield from (f"{name}: {rule}" for rule in outcome.violations)
            if outcome.killed:
                yield f"{name}: killed: {outcome.killed}"

    def before(self):
        """Every push but the call's gets the app killed."""
        killed = {name for name, o in self.app("before", voip()).items() if o.killed}
        if killed != set(PUSHES) - {"ring"}:
            yield f"killed by {sorted(killed)}"

    def placeholders(self):
        """With the first step alone, messages flash the screen for calls."""
        came = self.app("report", voip())
        yield from self.sound(came)
        flashes = {name for name, o in came.items() if o.of("call") and not o.ringing()}
        if flashes != set(PUSHES) - {"ring"}:
            yield f"{sorted(flashes)} flash"

    def old_server(self, system=17):
        came = self.app("move", voip(), system=system)
        yield from self.sound(came)
        for name, outcome in came.items():
            if outcome.ringing() != (RINGS if name == "ring" else []):
                yield f"{name}: rings {outcome.ringing()}"
            if outcome.shown() != ([shown(name)] if name in NOTES else []):
                yield f"{name}: shows {outcome.shown()}"
            if len(outcome.of("completion")) != 1:
                yield f"{name}: {len(outcome.of('completion'))} completions"

    def new_server(self, copies=1):
        """Calls ring once and show nothing, messages show once and ring nowhere."""
        came = self.extension(copies)
        yield from self.sound(came)
        for name, outcome in came.items():
            hidden = name == "ring"
            expected = [] if hidden else [shown(name) if name in NOTES else AS_PUSHED] * copies
            if outcome.shown() != expected:
                yield f"{name}: shows {outcome.shown()}"
            handed = [e["payload"] for e in outcome.of("handedOver")]
            if len(handed) != (copies if hidden else 0):
                yield f"{name}: hands {handed} over"
            if not hidden or not handed:
                continue
            # iOS starts the app with each.
            for outcome in self.device.run("plover_move", [{"kind": "voip", "name": name, "payload": handed[0]}],
                                           info=information(self.migration.states["move"])):
                yield from self.sound({"handed over": outcome})
                if outcome.ringing() != RINGS:
                    yield f"handed over: rings {outcome.ringing()}"
                if outcome.shown() or len(outcome.of("call")) != 1 or len(outcome.of("completion")) != 1:
                    yield f"handed over: {outcome.events}"

    def as_pushed(self, **how):
        """Nothing is handed over: the alert of a call shows as it came, once."""
        came = self.extension(**how)
        yield from self.sound(came)
        if came["ring"].shown() != [AS_PUSHED] or came["ring"].of("handedOver"):
            yield f"ring: {came['ring'].events}"
        if came["chat"].shown() != [shown("chat")]:
            yield f"chat: {came['chat'].events}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ringfence", "swiftc", "runner", "work"):
        parser.add_argument("--" + name, required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    args = parser.parse_args()
    work = pathlib.Path(args.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    device = Device(work, args.swiftc, args.runner)
    courses = Courses(device, args.ringfence, work)
    device.build()
    problems = {
        "before": courses.before(),
        "report alone": courses.placeholders(),
        "old server": courses.old_server(),
        "old server, iOS 13": courses.old_server(system=13),
        "new server": courses.new_server(),
        "new server, three at a time": courses.new_server(copies=3),
        "without the entitlement": courses.as_pushed(mayFilter=False),
        "before iOS 14.5": courses.as_pushed(system=14),
        "CallKit does not answer": courses.as_pushed(callsAnswer=False),
    }
    problems = {name: list(found) for name, found in problems.items()}
    problems["the steps"] = courses.migration.problems
    for name, found in problems.items():
        print(f"{name}: {'as it has to be' if not found else f'WRONG: {found}'}")
    sys.exit(any(problems.values()))


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"handing_over.py: {failure}")
