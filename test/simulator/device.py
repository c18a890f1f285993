#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A device for Swift apps on Linux: builds them with the stub frameworks of sdk/,
which enforce Apple's rules, starts their processes, and tells what came of each
push.

All units (apps and extensions, each in several states) become one program: their
top-level types get names of their own.
"""

import hashlib
import json
import pathlib
import re
import subprocess
import sys
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
# Stub declarations that need no behaviour here.
SHARED = [HERE.parent / "sdk" / "swift" / f"{name}.swift" for name in ("AVFoundation", "UIKitViews")]
SIMULATED = {"AVFoundation", "BackgroundTasks", "CallKit", "CryptoKit", "PushKit", "UIKit",
             "UserNotifications", "os"}
# They say how Objective-C or the linker sees a declaration; here is neither.
ATTRIBUTE = re.compile(r"@(?:main|UIApplicationMain|objc(?:Members)?)\b(?:\([^)\n]*\))?")
IMPORT = re.compile(r"^import (\w+)$", re.M)
TYPE = re.compile(r"^(?:(?:public|internal|private|fileprivate|final|open|@\w+(?:\([^)]*\))?)\s+)*"
                  r"(?:class|struct|enum|actor|protocol)\s+(\w+)", re.M)
VERSION = re.compile(r"#(un)?available\(iOS (\d+)(?:\.(\d+))?, \*\)")


class Failure(Exception):
    """The program cannot be built or run: the test's own affair."""


@dataclass
class Unit:
    """The sources of one process: an app or an extension in one state."""
    name: str
    sources: list  # of (relative path, text)
    is_extension: bool = False

    def woven(self):
        """The sources as they go into the one program, by the name of their file, and
        the principal class. A file's types are named for all that it depends on, so
        that what units have in common is compiled once."""
        declares = {path: set(TYPE.findall(text)) for path, text in self.sources}
        home = {name: path for path, names in declares.items() for name in names}
        words = {path: set(re.findall(r"\w+", text)) for path, text in self.sources}
        texts = dict(self.sources)
        suffix = {}
        for path in texts:
            needed, queue = {path}, [path]
            while queue:
                found = {home[w] for w in words[queue.pop()] & home.keys()} - needed
                needed |= found
                queue += found
            whole = "\0".join(f"{p}\0{texts[p]}" for p in sorted(needed))
            suffix[path] = "__" + hashlib.sha1(whole.encode()).hexdigest()[:10]
        base = "UNNotificationServiceExtension" if self.is_extension else "UIApplicationDelegate"
        files, principal = {}, None
        for path, text in self.sources:
            found = re.search(r"class (\w+):[^{\n]*\b" + base + r"\b", text)
            if found:
                principal = found[1] + suffix[path]
            text = ATTRIBUTE.sub(lambda m: " " * len(m[0]), text)
            # Apple's frameworks bring Foundation along.
            text = IMPORT.sub(lambda m: m[0] if m[1] not in SIMULATED else "import Foundation", text)
            text = VERSION.sub(lambda m: f"{'!' if m[1] else ''}systemHas({m[2]}, {m[3] or 0})", text)
            text = re.sub(r"\w+", lambda m: m[0] + suffix[home[m[0]]] if m[0] in home else m[0], text)
            files[re.sub(r"[^A-Za-z0-9.]", "_", path.removesuffix(".swift")) + suffix[path] + ".swift"] = text
        if principal is None:
            raise Failure(f"{self.name} has no {base}")
        return files, principal


@dataclass
class Outcome:
    """What came of one step."""
    kind: str
    name: str
    events: list = field(default_factory=list)
    printed: list = field(default_factory=list)
    killed: str = ""

    def of(self, event):
        return [e for e in self.events if e["event"] == event]

    @property
    def violations(self):
        return [e["rule"] for e in self.of("violation")]

    def ringing(self):
        """The calls that ring on after the step, and how many rang in all."""
        ended = {e["uuid"] for e in self.of("ended")}
        fields = ("uuid", "handle", "caller", "video")
        return [tuple(e[f] for f in fields) for e in self.of("call") if e["uuid"] not in ended]

    def shown(self):
        fields = ("title", "subtitle", "body", "sound", "badge", "thread", "category")
        return [{f: e[f] for f in fields} for e in self.of("shown")]

    def work(self):
        """What was fetched, sent and done, in no order."""
        requests = [f"{e['method']} {e['path']}" for e in self.of("request")]
        return sorted(requests + [p for p in self.printed if p.startswith("work: ")])


class Device:
    def __init__(self, work, swiftc, runner):
        self.work, self.swiftc, self.runner = pathlib.Path(work), swiftc, runner
        self.program = self.work / "device"
        self.units = []

    def install(self, unit):
        self.units.append(unit)

    def build(self):
        """Compiles all units in one run of the compiler."""
        folder = self.work / "woven"
        folder.mkdir(parents=True, exist_ok=True)
        apps, services, files = [], [], {}
        for unit in self.units:
            own, principal = unit.woven()
            (services if unit.is_extension else apps).append(f'    "{unit.name}": {{ {principal}() }},')
            for name, text in own.items():
                if name not in files:
                    files[name] = folder / unit.name / name
                    files[name].parent.mkdir(exist_ok=True)
                    files[name].write_text(text)
        main = folder / "main.swift"
        main.write_text("let apps: Apps = [\n" + "\n".join(apps or ["    :"]) + "\n]\n"
                        + "let services: Services = [\n" + "\n".join(services or ["    :"]) + "\n]\n"
                        + "runProcess(apps: apps, services: services)\n")
        done = subprocess.run([self.swiftc, "-swift-version", "5", "-wmo", "-Onone", "-suppress-warnings",
                               *map(str, [*sorted((HERE / "sdk").glob("*.swift")), *SHARED]), *map(str, files.values()), str(main),
                               "-o", str(self.program)], capture_output=True, text=True)
        if done.returncode:
            raise Failure((done.stderr + done.stdout).replace(str(folder) + "/", "")[-6000:])

    def run(self, unit, steps, *, system=17, enforces=True, info=None, replies=None, defaults=None):
        """Carries `steps` out in processes of `unit`: after one has been ended, the
        next push starts another, as on iOS. Returns an Outcome per step."""
        info = info or {}
        home = self.work / "home" / f"{unit}-{system}-{enforces}"
        home.mkdir(parents=True, exist_ok=True)
        outcomes, pending = [], []
        while len(outcomes) < len(steps):
            script = {"unit": unit, "isExtension": bool(info.get("isExtension")), "system": system,
                      "enforces": enforces, "backgroundModes": info.get("modes", []),
                      "permittedTasks": info.get("permitted", []), "pendingTasks": pending,
                      "mayFilter": info.get("mayFilter", False), "callsAnswer": info.get("callsAnswer", True),
                      "replies": replies or {}, "defaults": defaults or {},
                      "steps": steps[len(outcomes):]}
            path = home / "script.json"
            path.write_text(json.dumps(script))
            done = subprocess.run([self.runner, str(self.program), str(path)], capture_output=True, text=True,
                                  timeout=120, env={"HOME": str(home), "PATH": "/usr/bin:/bin"})
            new = list(self.parse(done.stdout))
            if not new:
                raise Failure(f"{unit}: the process says nothing: {done.stderr[-2000:]}")
            launch, *new = new
            if not new:
                # Launching itself broke a rule or crashed.
                launch.killed = launch.killed or f"crashed: {done.stderr[-400:]}"
                return outcomes + [launch]
            if done.returncode and not new[-1].killed:
                new[-1].killed = f"crashed: {done.stderr[-400:]}"
            new[0].events[:0] = launch.of("violation")
            for outcome in [launch, *new]:
                for event in outcome.events:
                    if event["event"] == "submitted" and event["identifier"] not in pending:
                        pending.append(event["identifier"])
                    elif event["event"] == "task":
                        pending.remove(event["identifier"])
            outcomes += new
        return outcomes

    @staticmethod
    def parse(text):
        current = Outcome("launch", "")
        for line in text.splitlines():
            if not line.startswith("@ "):
                current.printed.append(line)
                continue
            event = json.loads(line[2:])
            if event["event"] == "step":
                yield current
                current = Outcome(event["kind"], event["name"])
            elif event["event"] == "killed":
                current.killed = event["reason"]
            elif event["event"] != "end":
                current.events.append(event)
        yield current
