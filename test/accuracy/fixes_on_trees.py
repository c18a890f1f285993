#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tells what the fixes come to on real trees.

usage: fixes_on_trees.py --ringfence PROGRAM [--swiftc PROGRAM] [--clang PROGRAM]
                         [--page PAGE] TREES

For each folder of TREES, on a copy of it: how many findings that a fix is for get
a set, how many one without placeholders, and how many get advice instead of one
by design (docs/accuracy.md says where and why); whether each file that all sets
together change is to a compiler what it was before; and whether a second run
changes nothing. Prints a table, and writes it into PAGE between its marks. Fails
if a file got worse, a second run changes something, or a tree cannot be checked.

Each changed file is what the preview's patch makes of it, and undo brings every byte
and every permission back: that fails, too.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
BEGIN, END = "<!-- fixes: begin -->\n", "<!-- fixes: end -->\n"
# What a parser says of text that is no Objective-C, whatever is declared.
SYNTAX = re.compile(r"error: (?:expected |extraneous |missing |unterminated |unbalanced )")


# Advice that stands for a fix by design: no edit would be right there.
INSTEAD = {
    # Region gates: .voIP must not be registered there. Without a CXProvider
    # nothing can be reported, and a fix never makes one.
    "unreported-path": re.compile(r"by region|where CallKit may not be used|has no CXProvider"),
    # There are no background tasks there; the work goes with the old system.
    "background-work": re.compile(r"below iOS 13 only"),
}


def fixable():
    """Checks that a page under docs/fixes is for."""
    names = set()
    for page in sorted((ROOT / "docs/fixes").glob("*.md")):
        head = page.read_text(encoding="utf-8").split("##")[0]
        names |= set(re.findall(r"\]\(\.\./checks/([a-z-]+)\.md\)", head))
    return sorted(names)


def run(command, folder):
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace")


def where(finding):
    return finding["file"], finding["line"]


def goes(finding, leaving):
    """The old form of a handler beside the new one, or in an app that leaves PushKit:
    advice says that it goes."""
    return finding["check"] == "ringfence-legacy-handler" and (
        finding["severity"] == "note" or where(finding) in leaving)


def count(output, checks, counts):
    sets = {s["id"]: s for s in output["fixSets"]}
    leaving = {where(f) for f in output["findings"] if f["check"] == "ringfence-push-without-calls"}
    for finding in output["findings"]:
        check = finding["check"].removeprefix("ringfence-")
        if check not in checks:
            continue
        if goes(finding, leaving):
            counts["dead"] += 1
            continue
        levels = {sets[i]["applicability"] for i in finding["fixSets"] if i in sets}
        counts[check, "found"] += 1
        counts[check, "set"] += bool(levels)
        counts[check, "whole"] += bool(levels - {"placeholders"})
        advised = check in INSTEAD and INSTEAD[check].search(finding.get("advice") or "")
        counts[check, "advised"] += bool(advised and not levels)


def without_placeholders(text):
    return re.sub(r"<#[^\n]*?#>", lambda m: "x" * len(m[0]), text)


class Compilers:
    """Judges files as they were and as they are."""

    def __init__(self, swiftc, clang, scratch):
        self.swiftc, self.clang, self.scratch = swiftc, clang, Path(scratch)

    def errors(self, text, suffix):
        file = self.scratch / f"judged{suffix}"
        file.write_text(without_placeholders(text), encoding="utf-8", errors="surrogateescape")
        if suffix == ".swift":
            done = run([self.swiftc, "-frontend", "-parse", str(file)], self.scratch)
            return int(done.returncode != 0)
        # Without the project's own headers; the system's are ours.
        sdk = ROOT / "test/sdk/objc"
        text = re.sub(r"(?m)^\s*(?:#\s*(?:import|include)\b|@import\b).*$", "", file.read_text(errors="replace"))
        file.write_text(text)
        language = "objective-c++" if suffix == ".mm" else "objective-c"
        includes = [f"-include{name}/{name}.h" for name in
                    ("Foundation", "UIKit", "CallKit", "PushKit", "UserNotifications", "BackgroundTasks")]
        done = run([self.clang, "-fsyntax-only", "-fobjc-arc", "-fblocks", "-ferror-limit=0", "-w",
                    "-x", language, "-isystem", str(sdk), *includes, str(file)], self.scratch)
        return len(SYNTAX.findall(done.stderr))

    def is_worse(self, before, after, suffix):
        if suffix == ".swift" and not self.swiftc:
            return False
        return self.errors(after, suffix) > (self.errors(before, suffix) if before is not None else 0)


def read(path):
    return path.read_text(encoding="utf-8", errors="surrogateescape") if path.is_file() else None


def sources(folder):
    return {p.relative_to(folder) for p in folder.rglob("*")
            if p.suffix in (".swift", ".m", ".mm", ".h") and p.is_file() and not p.is_symlink()}


def fix(program, folder):
    return run([program, "fix", "--apply", "--allow-dirty", "--step", "all",
                "--level", "placeholders", "."], folder)


def files(folder):
    """Each file with what its bytes come to, and its permissions."""
    return {p.relative_to(folder).as_posix(): (hashlib.sha256(p.read_bytes()).digest(), p.stat().st_mode & 0o777)
            for p in folder.rglob("*")
            if p.is_file() and not p.is_symlink() and ".ringfence" not in p.relative_to(folder).parts}


def differing(one, other):
    return sorted(p for p in set(one) | set(other) if one.get(p) != other.get(p))


def patched(program, tree, changed, place):
    """The changed files as the patch that the preview shows makes them."""
    shown = subprocess.run([program, "fix", "--step", "all", "--level", "placeholders", "."], cwd=tree,
                           capture_output=True).stdout
    copy = Path(place) / "patched"
    copy.mkdir()
    for path in changed:
        if (tree / path).is_file():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(tree / path, copy / path)
    subprocess.run(["git", "init", "-q", "."], cwd=copy, check=True)
    subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=copy, input=shown, capture_output=True)
    return {p: (copy / p).read_bytes() if (copy / p).is_file() else None for p in changed}


def judge_bytes(program, tree, copy, before, place, problems):
    """Of a copy to which the sets have been applied once; takes them back."""
    changed = differing(before, files(copy))
    wanted = patched(program, tree, changed, place)
    for path in changed:
        if not (copy / path).is_file() or wanted[path] != (copy / path).read_bytes():
            problems.append(f"{tree.name}: {path} is not what the preview shows")
    run([program, "undo"], copy)
    for path in differing(before, files(copy)):
        problems.append(f"{tree.name}: {path} is not as before after undo")


def judge_tree(program, tree, compilers, checks, counts, problems):
    checked = run([program, "check", "--format", "json", "."], tree)
    try:
        output = json.loads(checked.stdout)
    except ValueError:
        problems.append(f"{tree.name}: cannot be checked")
        return
    count(output, checks, counts)
    if not output["fixSets"]:
        return
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "tree"
        shutil.copytree(tree, copy, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        at_first = files(copy)
        first = fix(program, copy)
        counts["sets"] += len(re.findall(r"^applied: ", first.stdout + first.stderr, re.M))
        for path in sorted(sources(copy)):
            before, after = read(tree / path), read(copy / path)
            if before == after:
                continue
            counts["files"] += 1
            if path.suffix != ".h" and compilers.is_worse(before, after, path.suffix):
                problems.append(f"{tree.name}: {path} does not parse any more")
        second = fix(program, copy)
        if "no fix set to apply" not in second.stdout + second.stderr:
            problems.append(f"{tree.name}: a second run changes something")
            return
        if " written" in first.stdout + first.stderr:
            judge_bytes(program, tree, copy, at_first, place, problems)


KINDS = ("found", "advised", "set", "whole")


def table(checks, counts):
    lines = ["| finding | found | advice by design | get a fix set | without placeholders |", "|---|---|---|---|---|"]
    sums = Counter()
    for check in checks:
        row = [counts[check, kind] for kind in KINDS]
        if row[0]:
            lines.append(f"| `{check}` | " + " | ".join(map(str, row)) + " |")
        for kind, number in zip(KINDS, row):
            sums[kind] += number
    share = lambda hit, of: f"{hit} ({100 * hit / of:.0f} %)" if of else "0"
    lines.append(f"| all | {sums['found']} | {sums['advised']} | "
                 f"{share(sums['set'], sums['found'] - sums['advised'])} of the others | "
                 f"{share(sums['whole'], sums['set'])} of these |")
    lines += ["", f"Applied together: {counts['sets']} sets, {counts['files']} source files changed, "
                  f"{counts['worse']} of them worse to a compiler. Not counted: {counts['dead']} deprecated "
                  "methods that", "go: beside the current one, or with PushKit in an app without calls, as advice says."]
    return "\n".join(lines) + "\n"


def write_into(page, text):
    head, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        sys.exit(f"fixes_on_trees: {page} has no place for the table")
    page.write_text(head + begin + text + end + tail, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ringfence", required=True)
    parser.add_argument("--swiftc", help="without it, Swift is not judged")
    parser.add_argument("--clang", default="clang-19")
    parser.add_argument("--page", type=Path)
    parser.add_argument("trees", type=Path)
    options = parser.parse_args()
    program = str(Path(options.ringfence).resolve())
    if options.swiftc and Path(options.swiftc).exists():
        options.swiftc = str(Path(options.swiftc).resolve())
    checks, counts, problems = fixable(), Counter(), []
    trees = sorted(t for t in options.trees.iterdir() if t.is_dir())
    with tempfile.TemporaryDirectory() as scratch:
        compilers = Compilers(options.swiftc, options.clang, scratch)
        for tree in trees:
            judge_tree(program, tree, compilers, checks, counts, problems)
    counts["worse"] = sum("does not parse" in p for p in problems)
    text = table(checks, counts)
    print(text, end="")
    for problem in problems:
        print(f"fixes_on_trees: {problem}", file=sys.stderr)
    if not trees:
        sys.exit(f"fixes_on_trees: there is no tree in {options.trees}")
    if options.page:
        write_into(options.page, text)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
