#!/usr/bin/env python3
"""Small rules of docs/style.md that no formatter knows.

usage: check_tidy.py PROJECT
"""

import re
import sys
from pathlib import Path

ROOMS = ("matchers", "rewriters", "tool", "test/unit")

# Names that say nothing about what is inside.
EMPTY_NAMES = re.compile(r"^(utils?|utilities|helpers?|common|misc|stuff)$", re.IGNORECASE)

LICENCE = """//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
"""

# Above this a file holds more than one thing.
MOST_LINES = 700


def guard_of(path):
    return "RINGFENCE_" + re.sub(r"[^A-Z0-9]", "_", path.upper())


def untidy(path, text):
    """What is untidy in the C++ file at `path`, relative to the project."""
    found = []
    first, _, rest = text.partition("\n")
    name = path.rsplit("/", 1)[-1]
    if not first.startswith(f"//===-- {name} - ") or not first.endswith("===//"):
        found.append(f"{path}:1: the first line names the file and what it holds")
    if path.endswith(".h") and "-*- C++ -*-" not in first:
        found.append(f"{path}:1: a header's first line has -*- C++ -*-")
    if not rest.startswith(LICENCE):
        found.append(f"{path}:2: the licence lines are not there as in LICENSE's notice")
    if path.endswith(".h"):
        guard = guard_of(path)
        if f"#ifndef {guard}\n#define {guard}\n" not in text:
            found.append(f"{path}: the include guard is not {guard}")
    if not text.endswith("\n") or text.endswith("\n\n"):
        found.append(f"{path}: ends in no line end, or in blank lines")
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        found.append(f"{path}: {len(lines)} lines; split it into files that say what they hold")
    for number, line in enumerate(lines, 1):
        if line != line.rstrip():
            found.append(f"{path}:{number}: space at the end")
        declared = re.match(r"\s*namespace ([\w:]+) \{", line)
        if declared and any(EMPTY_NAMES.match(part) for part in declared[1].split("::")):
            found.append(f"{path}:{number}: namespace {declared[1]} says nothing")
    return found


# lit puts paths in as they are; the project may lie in a folder with a space.
UNQUOTED = re.compile(r"""(?<!["'\w%])%[sSpPtT]\b""")


def untidy_test(path, text):
    """What is untidy in the lit test at `path`."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if "RUN:" not in line:
            continue
        # Within double quotes is fine; so what is outside of them is looked at.
        outside = re.sub(r'"[^"]*"', '""', line)
        for word in UNQUOTED.findall(outside):
            found.append(f'{path}:{number}: "{word}" in double quotes: there may be spaces in it')
    return found


def badly_named(path):
    """Whether a part of `path` is a name that says nothing."""
    return any(EMPTY_NAMES.match(part.split(".")[0]) for part in path.split("/"))


def main():
    project = Path(sys.argv[1])
    found, files = [], 0
    for room in ROOMS:
        for file in sorted((project / room).rglob("*")):
            path = file.relative_to(project).as_posix()
            if badly_named(path):
                found.append(f"{path}: the name says nothing about what is inside")
            if file.suffix in (".h", ".cpp") and "sdk" not in file.parts:
                files += 1
                found += untidy(path, file.read_text())
    for file in sorted((project / "test").rglob("*")):
        path = file.relative_to(project).as_posix()
        if file.suffix in (".test", ".swift", ".m", ".mm") and "Inputs" not in file.parts:
            files += 1
            found += untidy_test(path, file.read_text(errors="replace"))
    print("\n".join(found) if found else f"{files} files are tidy")
    if files == 0:
        sys.exit("nothing to check: is the project's path right?")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
