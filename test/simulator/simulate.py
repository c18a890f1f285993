#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Migrates apps and runs them before and after each step.

  simulate.py --ringfence PROGRAM --swiftc PROGRAM --runner PROGRAM --work FOLDER [CASE…]

Runs the app Courier and the cases of cases.py (or those named), prints a line for
each and what differs. Exits with 0 if nothing does, 1 if something does or cannot be
built.
"""

import argparse
import base64
import pathlib
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

from cases import CASES
from device import Device, Failure
from generate import CALL, write
from migration import App, Migration, Push

HERE = pathlib.Path(__file__).resolve().parent


def courier():
    """The app of test/apps."""
    key = b"k"
    body = base64.b64encode(bytes(byte ^ key[0] for byte in b"See you at eight")).decode()
    return App(
        "courier", HERE.parent / "apps" / "Courier",
        [Push("call", "call", {"kind": "call", "call": CALL, "caller": "Ann", "video": True}),
         Push("message", "message", {"kind": "message", "sender": "Ann", "body": body, "conversation": "c7",
                                     "message": "m1"}, True),
         Push("unreadable", "message", {"kind": "message", "body": "!"}, True),
         Push("sync", "work", {"kind": "sync"}, True),
         Push("cancel", "other", {"kind": "cancel", "call": CALL}, True),
         Push("broken cancel", "other", {"kind": "cancel"}, True),
         Push("typing", "other", {"kind": "typing"}, True),
         Push("nameless", "other", {}, True),
         Push("broken call", "other", {"kind": "call", "call": "7"}, True)],
        {"message", "work"}, replies={"/v1/events": "[]"},
        defaults={"group.net.example.courier": {"message-key": "base64:" + base64.b64encode(key).decode()}})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("ringfence", "swiftc", "runner", "work"):
        parser.add_argument("--" + name, required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument("cases", nargs="*")
    args = parser.parse_args()
    work = pathlib.Path(args.work).resolve()
    shutil.rmtree(work, ignore_errors=True)
    cases = [c for c in CASES if not args.cases or c.name in args.cases]
    apps = [write(c, work / "written" / c.name) for c in cases]
    if not args.cases or "courier" in args.cases:
        apps.insert(0, courier())
    device = Device(work, args.swiftc, args.runner)
    migrations = [Migration(app, device, args.ringfence, work / "apps") for app in apps]
    device.build()
    # Most of the time is spent waiting for the device.
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(Migration.check, migrations))
    for migration in migrations:
        print(f"{migration.app.name}: {'as before' if not migration.problems else 'differs'}")
        for problem in migration.problems:
            print("  " + problem)
    wrong = sum(bool(m.problems) for m in migrations)
    whole = sum(m.app.moves >= {p.kind for p in m.app.pushes} & {"message", "work"} for m in migrations)
    print(f"{len(migrations)} apps: {whole} move wholly, {len(migrations) - whole} in part, {wrong} differ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    try:
        main()
    except Failure as failure:
        sys.exit(f"simulate.py: {failure}")
