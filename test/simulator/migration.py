#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""An app before and after each step of its migration, and what may differ between
them.

What the app is meant to do is what it does, before, on a device that enforces
nothing. Afterwards no push may get it killed, and each push must lead to the same.
"""

import pathlib
import plistlib
import shutil
import subprocess
import sys
from dataclasses import dataclass, field

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "apps"))
import compile as targets  # noqa: E402  (the folder beside this one)
from device import Unit  # noqa: E402
from target import write_project  # noqa: E402

STEPS = ["report", "extension", "move", "clean-up"]
# What an alert says before the extension has seen it.
AS_PUSHED = {"title": "Pushed", "subtitle": "", "body": "A message", "sound": "", "badge": -1, "thread": "",
             "category": ""}


@dataclass
class Push:
    """One push of the server. `kind` is how a new server sends it: as a call, as a
    message (an alert), for work (a silent push), or not at all ("other")."""
    name: str
    kind: str
    payload: dict
    is_killed: bool = False  # before the migration


@dataclass
class App:
    """An app and its pushes. `moves` says which kinds of push the step `move` takes
    out of the VoIP handler."""
    name: str
    folder: pathlib.Path
    pushes: list
    moves: set
    replies: dict = field(default_factory=dict)
    defaults: dict = field(default_factory=dict)
    systems: tuple = (17,)
    works_at_once: tuple = ()  # states in which the handler still does the work
    keeps: frozenset = frozenset()  # of `moves`, what the clean-up leaves in the handler


def sources(paths, root):
    return [(str(p.relative_to(root)), p.read_text()) for p in sorted(paths)]


def information(folder):
    """What the Info.plist of the app in `folder` says to the system."""
    for path in sorted(folder.rglob("Info.plist")):
        with open(path, "rb") as f:
            values = plistlib.load(f)
        if "NSExtension" not in values:
            # No bundle: Bundle.main has no identifier here.
            permitted = [i.replace("$(PRODUCT_BUNDLE_IDENTIFIER)", "")
                         for i in values.get("BGTaskSchedulerPermittedIdentifiers", [])]
            return {"modes": values.get("UIBackgroundModes", []), "permitted": permitted}
    return {"modes": ["voip"], "permitted": []}


class Migration:
    def __init__(self, app, device, ringfence, work):
        self.app, self.device = app, device
        self.states, self.app_sources = {}, {}  # by the state's name
        self.extensions = set()
        self.problems = []
        place = pathlib.Path(work) / app.name
        shutil.rmtree(place, ignore_errors=True)
        previous = place / "before"
        shutil.copytree(app.folder, previous)
        self.install("before", previous)
        for step in STEPS:
            folder = place / step
            shutil.copytree(previous, folder)
            if step == "clean-up":
                self.add_target(folder)
            done = subprocess.run([ringfence, "fix", "--apply", "--allow-dirty", "--step", step, "--level", "review"],
                                  cwd=folder, capture_output=True, text=True)
            if done.returncode > 1:
                self.problem(step, f"ringfence fix ends with {done.returncode}: {done.stdout}{done.stderr}")
            shutil.rmtree(folder / ".ringfence", ignore_errors=True)
            self.install(step, folder)
            previous = folder

    def problem(self, state, text):
        self.problems.append(f"{self.app.name}, {state}: {text}")

    @staticmethod
    def add_target(folder):
        """The clean-up waits for a target that compiles the extension."""
        for extension in targets.extension_folders(folder):
            own = targets.sources_under(extension)
            app = [p for p in targets.sources_under(folder) if p not in own]
            write_project(folder / "Extension.xcodeproj", extension.name,
                          sorted(str(p.relative_to(folder)) for p in targets.needed_from(app, own)))

    def unit(self, state):
        return f"{self.app.name}_{state}"

    def install(self, state, folder):
        self.states[state] = folder
        extensions = list(targets.extension_folders(folder))
        inside = {e: [p for p in targets.sources_under(e) if p.suffix == ".swift"] for e in extensions}
        taken = {p for own in inside.values() for p in own}
        app = [p for p in targets.sources_under(folder) if p.suffix == ".swift" and p not in taken]
        self.app_sources[state] = sources(app, folder)
        self.device.install(Unit(self.unit(state), self.app_sources[state]))
        for own in inside.values():
            self.device.install(Unit(self.unit(state) + "_service", sources(targets.needed_from(app, own), folder),
                                     is_extension=True))
            self.extensions.add(state)

    # --- running --------------------------------------------------------------------

    def steps(self, state, server):
        """The pushes as `server` sends them to the app. A new server sends messages to
        the extension alone."""
        for push in self.app.pushes:
            kind = "voip"
            if server == "new" and push.kind == "message":
                continue
            payload = push.payload
            if server == "new" and push.kind == "work":
                kind, payload = "silent", {"aps": {"content-available": 1}, **payload}
            yield {"kind": kind, "name": push.name, "payload": payload}
            yield {"kind": "background", "name": push.name}

    def run(self, state, server, **how):
        """What each push leads to, by its name: the push's own outcome and that of
        what the system runs later."""
        steps = list(self.steps(state, server))
        outcomes = self.device.run(self.unit(state), steps, info=information(self.states[state]),
                                   replies=self.app.replies, defaults=self.app.defaults, **how)
        if len(outcomes) < len(steps):
            self.problem(state, f"launch: {outcomes[-1].killed} {outcomes[-1].printed}")
            return {}
        return {at.name: (at, later) for at, later in zip(outcomes[::2], outcomes[1::2])}

    def check(self):
        """Runs everything; the problems found are in self.problems."""
        intended = {}
        for system in self.app.systems:
            meant = intended[system] = self.run("before", "old", system=system, enforces=False)
            self.check_before(system)
            # The step `extension` leaves the app itself as it was.
            for state in STEPS if self.changes("report", "extension") else ["report", "move", "clean-up"]:
                self.compare(f"{state}, iOS {system}", state, meant, self.run(state, "old", system=system), "old")
        self.check_moves()
        meant = intended[self.app.systems[0]]
        if "move" in self.extensions:
            self.check_extension(meant)
        if "work" in self.app.moves:
            self.compare("move, new server", "move", meant, self.run("move", "new"), "new")
        if self.app.moves - self.app.keeps:
            self.compare("clean-up, new server", "clean-up", meant, self.run("clean-up", "new"), "new")

    def check_before(self, system):
        """The named pushes get the app killed, and no others."""
        expected = {p.name for p in self.app.pushes if p.is_killed} if system >= 13 else set()
        killed = {name for name, (at, _) in self.run("before", "old", system=system).items() if at.killed}
        if killed != expected:
            self.problem(f"before, iOS {system}", f"killed by {sorted(killed)}, not by {sorted(expected)}")

    def changes(self, one, other):
        """Whether the app differs between two states, its extension aside."""
        first, second = self.app_sources[one], self.app_sources[other]
        return first != second or information(self.states[one]) != information(self.states[other])

    def check_moves(self):
        """What is to move moves, and nothing is called moved that is not."""
        names = {p.name for p in self.states["move"].rglob("*.swift")}
        text = "".join(p.read_text() for p in self.states["move"].rglob("*.swift"))
        moved = {kind for kind, is_there in [("message", any(n.endswith("Notification.swift") for n in names)),
                                             ("work", "BGTaskScheduler" in text)] if is_there}
        left = "".join(text for path, text in self.app_sources["clean-up"])
        kept = {kind for kind, is_there in [("message", ".fill(content" in left),
                                            ("work", "scheduleBackgroundRefresh()" in left)] if is_there}
        if kept != self.app.keeps:
            self.problem("clean-up", f"keeps {sorted(kept)}, not {sorted(self.app.keeps)}")
        if moved != self.app.moves:
            self.problem("move", f"moves {sorted(moved)}, not {sorted(self.app.moves)}")

    def compare(self, label, state, meant, came, server):
        for push in self.app.pushes:
            if push.name not in came:
                continue
            (was, _), (at, later) = meant[push.name], came[push.name]
            where = f"{label}, push '{push.name}'"
            for outcome in (at, later):
                if outcome.killed:
                    self.problem(where, f"killed: {outcome.killed}")
                for rule in outcome.violations:
                    self.problem(where, rule)
            if at.kind == "voip" and len(at.of("completion")) != 1:
                self.problem(where, f"{len(at.of('completion'))} completions")
            self.same(where, "rings", was.ringing(), at.ringing())
            # Once cleaned up, an old push for what has moved leads to its report alone.
            gone = state == "clean-up" and server == "old" and push.kind in self.app.moves - self.app.keeps
            self.same(where, "shows", [] if gone and push.kind == "message" else was.shown(),
                      at.shown() + later.shown())
            self.same(where, "takes back", [e["ids"] for e in was.of("removed")], [e["ids"] for e in at.of("removed")])
            self.same(where, "does", [] if gone and push.kind == "work" else was.work(),
                      sorted(at.work() + later.work()))
            if at.kind == "voip" and state == "move" and push.kind == "work" and "work" in self.app.moves \
                    and label not in self.app.works_at_once and at.work():
                self.problem(where, f"work is not left for later: {at.work()}")

    def same(self, where, what, was, now):
        if was != now:
            self.problem(where, f"{what} {now}, before {was}")

    def check_extension(self, meant):
        """Each message push shows what the handler showed, exactly once, also while
        others are under way."""
        messages = [p for p in self.app.pushes if p.kind == "message" and meant[p.name][0].shown()]
        alert = {"alert": {"title": AS_PUSHED["title"], "body": AS_PUSHED["body"]}, "mutable-content": 1}
        steps = [{"kind": "alert", "name": p.name, "copies": copies, "payload": {"aps": alert, **p.payload}}
                 for p in messages for copies in (1, 3)]
        for state in STEPS[1:]:
            moved = state in ("move", "clean-up") and "message" in self.app.moves
            for step, came in zip(steps, self.device.run(self.unit(state) + "_service", steps,
                                                         info={"isExtension": True}, defaults=self.app.defaults)):
                where = f"{state}, alert '{step['name']}'"
                if came.killed:
                    self.problem(where, f"killed: {came.killed}")
                for rule in came.violations:
                    self.problem(where, rule)
                shown = meant[step["name"]][0].shown() if moved else [AS_PUSHED]
                # Which of several comes first is the system's business.
                self.same(where, "shows", sorted(shown * step["copies"], key=str), sorted(came.shown(), key=str))
