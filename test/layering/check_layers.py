#!/usr/bin/env python3
"""The layering of docs/architecture.md, checked on includes and on the link graph.

usage: check_layers.py PROJECT LINKS

LINKS holds a line "target folder: libraries" per CMake target. Prints one line per
breach and fails if there is any.
"""

import re
import sys
from pathlib import Path

# What each room may see besides itself. A room is the longest prefix here of a
# file's path; `tool` sees everything.
ROOMS = {
    "matchers/model": [],
    "matchers/objc": ["matchers/model"],
    "matchers/swift": ["matchers/model"],
    "matchers/effects": ["matchers/model"],
    "matchers/flow": ["matchers/model", "matchers/effects"],
    "matchers/checks": ["matchers/model", "matchers/effects", "matchers/flow"],
    "rewriters/edit": ["matchers/model"],
    "rewriters": [
        "matchers/model",
        "matchers/effects",
        "matchers/flow",
        "matchers/checks",
        "rewriters/edit",
    ],
    "tool": ["matchers", "rewriters"],
}

# Targets that are a room of their own within the folder that declares them.
TARGETS = {"ringfence_edit": "rewriters/edit"}

# Syntax trees are the readers' business, and the disk is the tool's.
OUTSIDE = [
    (re.compile(r"clang/|tree_sitter/"), ("matchers/objc", "matchers/swift"),
     "only the readers see syntax nodes"),
    (re.compile(r"llvm/Support/(FileSystem|MemoryBuffer|Path)\.h|f?stream|filesystem|unistd\.h|fcntl\.h"),
     ("matchers/objc", "matchers/swift", "tool"), "touches the disk"),
]

# Only the tool prints or ends the program.
PRINTS = re.compile(
    r"\bllvm::(outs|errs)\(|\bstd::(cout|cerr|exit|abort)\b|\b(printf|fprintf|exit|abort)\(")

INCLUDE = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]')


def room_of(path):
    fits = [room for room in ROOMS if path == room or path.startswith(room + "/")]
    return max(fits, key=len, default=None)


def may_see(room, other):
    """Whether `room` may use what lies in `other` (None: not the project's)."""
    if other is None or other == room:
        return True
    if room is None:
        return False
    return any(other == seen or other.startswith(seen + "/") for seen in ROOMS[room])


def without_comments(line):
    return line.split("//")[0]


def breaches_in_source(path, text):
    """Breaches of the file at `path` (relative to the project)."""
    room = room_of(path)
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        where = f"{path}:{number}"
        include = INCLUDE.match(line)
        if include:
            name = include[1]
            if not may_see(room, room_of(name)):
                found.append(f"{where}: {room} must not include {name}")
            for pattern, allowed, why in OUTSIDE:
                if pattern.match(name) and room not in allowed:
                    found.append(f"{where}: {name}: {why}, and {room} must not")
        elif room != "tool" and PRINTS.search(without_comments(line)):
            found.append(f"{where}: only tool/ prints or ends the program")
    return found


def breaches_in_links(lines):
    """Breaches of lines "target folder: libraries"."""
    links = {}
    rooms = {}
    for line in lines:
        head, _, libraries = line.partition(":")
        target, folder = head.split()
        links[target] = libraries.split()
        rooms[target] = TARGETS.get(target) or room_of(folder)
    # Libraries that no room declares are others' (LLVM, libgit2 …).
    return [
        f"CMake: {target} must not link {library}"
        for target, libraries in links.items()
        for library in libraries
        if not may_see(rooms[target], rooms.get(library))
    ]


def main():
    project, links = Path(sys.argv[1]), Path(sys.argv[2])
    found, files = [], 0
    for top in ("matchers", "rewriters", "tool"):
        for path in sorted((project / top).rglob("*")):
            if path.suffix in (".h", ".cpp", ".inc", ".def"):
                files += 1
                name = path.relative_to(project).as_posix()
                found += breaches_in_source(name, path.read_text())
    lines = links.read_text().splitlines()
    found += breaches_in_links(lines)
    print("\n".join(found) if found else f"{files} files and {len(lines)} targets keep to their rooms")
    if files == 0 or not lines:
        sys.exit("nothing to check: is the project's path right?")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
