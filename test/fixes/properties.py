#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the fixes to what must be true of each of them, whatever it does.

usage: properties.py --ringfence PROGRAM [--git PROGRAM] [FOLDER | PAGE.md]…

Each folder, and each example of a page that has a before block, is a tree. On a
copy of it, all fix sets are applied, then those of the step clean-up:

  fixpoint   a second application writes nothing; where two handlers want the same
             place, a third one does not
  preview    what `fix` shows is a patch that makes the same of the tree
  modes      each file keeps its permissions
  undo       every byte and every permission is as before, whatever has become of
             the times of the files; nothing new is left
  exact      with CRLF line ends, with a byte order mark and no newline at the end,
             or indented by tabs, a tree becomes what it would have become else,
             written in the same way: so nothing beside an edit is touched, and
             what is put in is written as the file is
  refusal    a tree in UTF-16 is left alone

Prints one line for each tree that breaks one, and fails then, or if no fix changes
anything in any tree.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "test/docs"))
import doc_blocks  # noqa: E402

SOURCES = (".swift", ".m", ".mm", ".h")
BOM = b"\xef\xbb\xbf"


class Broken(Exception):
    """Says which property does not hold, and how."""


def read(folder):
    """The files of a tree by their paths, as (bytes, permissions)."""
    return {p.relative_to(folder).as_posix(): (p.read_bytes(), p.stat().st_mode & 0o777)
            for p in sorted(folder.rglob("*"))
            if p.is_file() and not {".ringfence", ".git"} & set(p.relative_to(folder).parts)}


def write(folder, tree):
    for path, (text, mode) in tree.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
        file.chmod(mode)


def difference(got, wanted):
    """The first path at which two trees differ, or None."""
    for path in sorted(set(got) | set(wanted)):
        if path not in got or path not in wanted:
            return f"{path} is {'missing' if path in wanted else 'left'}"
        if got[path] != wanted[path]:
            what = "bytes" if got[path][0] != wanted[path][0] else "permissions"
            lines = zip(got[path][0].split(b"\n"), wanted[path][0].split(b"\n"))
            line = next((f", line {i}: {a!r}, not {b!r}" for i, (a, b) in enumerate(lines, 1) if a != b), "")
            return f"{path} has other {what}{line}"
    return None


class Program:
    def __init__(self, ringfence, git):
        self.ringfence, self.git = str(Path(ringfence).resolve()), git

    def run(self, folder, *arguments):
        done = subprocess.run([self.ringfence, *arguments], cwd=folder, capture_output=True, timeout=300)
        if done.returncode < 0:
            raise Broken(f"{' '.join(arguments)}: ended by signal {-done.returncode}")
        return done.returncode, done.stdout, done.stderr

    def apply(self, folder, steps):
        """Applies the sets of each of `steps`, and returns those that wrote something."""
        return [step for step in steps if b" written" in self.run(
            folder, "fix", "--apply", "--allow-dirty", "--step", step, "--level", "placeholders")[2]]

    def applied(self, tree, steps, place):
        folder = Path(place)
        write(folder, tree)
        self.apply(folder, steps)
        return read(folder)

    def previewed(self, tree, place):
        folder = Path(place)
        write(folder, tree)
        _, patch, _ = self.run(folder, "fix", "--step", "all", "--level", "placeholders")
        # The scratch folder may lie in a repository: it is none of this tree's.
        done = subprocess.run([self.git, "apply", "--whitespace=nowarn", "-"], cwd=folder, input=patch,
                              capture_output=True, env={**os.environ, "GIT_CEILING_DIRECTORIES": str(folder.parent)})
        if done.returncode:
            raise Broken(f"preview: no patch: {done.stderr.decode(errors='replace').strip()}")
        return read(folder)


def is_source(path):
    return path.endswith(SOURCES)


def with_crlf(text):
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def with_bom_and_no_end(text):
    return BOM + text.removesuffix(b"\n")


def with_tabs(text):
    return re.sub(rb"(?m)^(?: {4})+", lambda m: b"\t" * (len(m[0]) // 4), text)


def check_undo(program, tree, place):
    """What the fixes make of `tree`, after the steps and after clean-up, and the
    steps that change something; that all but `preview` and `exact` hold is checked."""
    folder = Path(place)
    write(folder, tree)
    steps = program.apply(folder, ["all"])
    first = read(folder)
    if steps: # of two handlers that share a place, the second one's turn may be next
        steps += program.apply(folder, ["all"])
    steps += program.apply(folder, ["clean-up"])
    if not steps:
        return first, first, steps
    result = read(folder)
    for path, (_, mode) in tree.items():
        if path in result and result[path][1] != mode:
            raise Broken(f"modes: {path} has {result[path][1]:o}, had {mode:o}")
    program.apply(folder, sorted(set(steps)))
    if wrong := difference(read(folder), result):
        raise Broken(f"fixpoint: {wrong}")
    for path in result:
        os.utime(folder / path, (86400, 86400))
    for _ in steps:
        program.run(folder, "undo")
    if wrong := difference(read(folder), tree):
        raise Broken(f"undo: {wrong}")
    if left := [p for p in folder.rglob("*") if p.is_dir() and not any(p.rglob("*"))
                and ".ringfence" not in p.parts]:
        raise Broken(f"undo: the folder {left[0].relative_to(folder)} is left")
    return first, result, steps


def check_exact(program, tree, steps, result, name, there, same):
    """`same(before, plain, other)` compares what has become of a file with what has
    become of it written otherwise, by `there`."""
    variant = {path: (there(text) if is_source(path) else text, mode) for path, (text, mode) in tree.items()}
    with tempfile.TemporaryDirectory() as place:
        got = program.applied(variant, steps, place)
    if set(got) != set(result):
        raise Broken(f"exact: {name}: the files are {sorted(set(got) ^ set(result))} too many or too few")
    for path, (text, mode) in result.items():
        before = tree.get(path)
        if not same(before[0] if before and is_source(path) else None, text, got[path][0]):
            raise Broken(f"exact: {name}: " + str(difference({path: got[path]}, {path: (
                there(text) if before and is_source(path) else text, mode)})))


def same_crlf(before, plain, other):
    # A new file is written as its neighbours are; either will do.
    return other == with_crlf(plain) if before is not None else with_crlf(other) == with_crlf(plain)


def same_bom(before, plain, other):
    if before is None:
        return other == plain
    # Where something is put in at the end, the last line is ended first.
    return other in (with_bom_and_no_end(plain), BOM + plain)


def same_tabs(before, plain, other):
    # How far a line is put in depends on what a tab is taken for; by what does not,
    # but for the colons of a selector, which are aligned by blanks.
    bare = lambda text: [line.lstrip() for line in text.split(b"\n")]
    old = set(with_tabs(before).split(b"\n")) if before is not None else None
    return bare(other) == bare(plain) and (old is None or not any(
        re.match(rb" {4}(?! *\w+:)", line) for line in other.split(b"\n") if line not in old))


def check(program, tree):
    """The steps that change `tree`, in turn. Raises Broken."""
    with tempfile.TemporaryDirectory() as place:
        first, result, steps = check_undo(program, tree, place)
    if not steps:
        return steps
    if "all" in steps:
        with tempfile.TemporaryDirectory() as place:
            shown = program.previewed(tree, place)
        bare = lambda files: {path: (text, 0) for path, (text, _) in files.items()}
        if wrong := difference(bare(shown), bare(first)):
            raise Broken(f"preview: {wrong}")
    for variant in (("CRLF", with_crlf, same_crlf),
                    ("byte order mark, no last newline", with_bom_and_no_end, same_bom),
                    ("tabs", with_tabs, same_tabs)):
        check_exact(program, tree, steps, result, *variant)
    wide = {path: (text.decode("utf-8").encode("utf-16") if is_source(path) else text, mode)
            for path, (text, mode) in tree.items()}
    with tempfile.TemporaryDirectory() as place:
        if wrong := difference(program.applied(wide, ["all"], place), wide):
            raise Broken(f"refusal: UTF-16: {wrong}")
    return steps


def trees(argument):
    """Pairs (name, tree)."""
    if argument.suffix != ".md":
        yield argument.name, read(argument)
        return
    for example in doc_blocks.examples(argument.read_text()):
        files = {b.file: (b.text.encode(), 0o640) for b in example.of("before")}
        if files:
            yield f"{argument.name}, {example.title}", files


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ringfence", required=True)
    parser.add_argument("--git", default="git")
    parser.add_argument("trees", nargs="+", type=Path)
    options = parser.parse_args()
    program = Program(options.ringfence, options.git)
    looked = changed = twice = broken = 0
    for argument in options.trees:
        for name, tree in trees(argument):
            looked += 1
            try:
                steps = check(program, tree)
                changed += bool(steps)
                twice += steps.count("all") > 1
            except Broken as problem:
                broken += 1
                print(f"{name}: {problem}")
    print(f"{looked} trees, {changed} changed by fixes, {twice} by a second run, {broken} broken")
    sys.exit(1 if broken or not changed else 0)


if __name__ == "__main__":
    main()
