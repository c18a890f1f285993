#!/usr/bin/env python3
"""Runs the example blocks of documentation pages.

usage: doc_blocks.py --ringfence PROGRAM [--update] PAGE…

A section of a page (up to its next heading) that holds a `before` block is one
example. CONTRIBUTING.md describes the blocks:

    ```swift before             a file as it is found
    ```text output              what `check` prints about it
    ```swift after              the file once the fixes of `step=` are applied
    ```swift silent             a file that the page's check says nothing about
    ```console run in=FOLDER    a command in that folder of the project, and all
                                that it prints; a line […] stands for any lines

The files are laid out in a scratch folder, the program runs there, and what it
prints and leaves must be what the page shows, byte for byte; a file that it
changes or makes must be on the page. With --update the page is rewritten to
what the program does, for a person to read in the diff.
"""

import argparse
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ENDINGS = {"swift": "swift", "objc": "m", "objc++": "mm", "xml": "plist"}
ROLES = ("before", "after", "output", "silent", "run")
ELLIPSIS = "[…]"
FENCE = re.compile(r"^```(\S+) +(\w+)((?: +[\w-]+(?:=\S+)?)*)$")


class PageError(Exception):
    """What is wrong with a page itself."""


@dataclass
class Block:
    language: str
    role: str
    options: dict
    first: int  # index of the first line between the fences
    last: int  # index of the closing fence
    text: str

    @property
    def file(self):
        name = self.options.get("file")
        if name:
            return name
        if self.language not in ENDINGS:
            raise PageError(f"line {self.first}: say file=NAME for {self.language}")
        return "Push." + ENDINGS[self.language]


@dataclass
class Example:
    title: str
    blocks: list = field(default_factory=list)

    def of(self, role):
        return [block for block in self.blocks if block.role == role]


def examples(text):
    """The examples of a page, in order."""
    found = [Example("(top)")]
    lines = text.split("\n")
    index = 0
    while index < len(lines):
        line = lines[index]
        if re.match(r"#+ ", line):
            found.append(Example(line.lstrip("# ")))
        if not line.startswith("```"):
            index += 1
            continue
        fence, first = FENCE.match(line), index + 1
        try:
            last = lines.index("```", first)
        except ValueError:
            raise PageError(f"line {first}: the block is not closed")
        if fence and fence[2] in ROLES:
            options = dict(word.partition("=")[::2] for word in fence[3].split())
            body = "".join(line + "\n" for line in lines[first:last])
            found[-1].blocks.append(Block(fence[1], fence[2], options, first, last, body))
        elif fence:
            raise PageError(f"line {first}: blocks are {', '.join(ROLES)}, not {fence[2]}")
        index = last + 1
    for example in found:
        alone = [b for b in example.blocks if b.role in ("after", "output")]
        if alone and not example.of("before"):
            raise PageError(f"line {alone[0].first}: section '{example.title}' has no before block")
    return [example for example in found if example.blocks]


def only_check(page):
    """The options that confine a run to the check that a page is about."""
    return page.stem if page.parent.name == "checks" else None


def elided(shown, out):
    """`out` without the lines that `shown` leaves out, as far as what is the same on
    both sides tells which these are."""
    old, new, kept = shown.splitlines(), out.splitlines(), []
    for _, i, j, k, l in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        lines = new[k:l]
        if ELLIPSIS in old[i:j]:
            before = old[i:j].index(ELLIPSIS)
            behind = old[i:j][::-1].index(ELLIPSIS)
            if len(lines) > before + behind:
                lines[before:len(lines) - behind] = [ELLIPSIS]
        kept += lines
    return "".join(line + "\n" for line in kept)


class Runner:
    def __init__(self, program):
        self.program = str(Path(program).resolve())

    def ringfence(self, folder, *arguments):
        done = subprocess.run(
            [self.program, *arguments], cwd=folder, capture_output=True, timeout=120)
        out, err = done.stdout.decode(), done.stderr.decode()
        # 1 says that there are findings (left); the rest are failures.
        if done.returncode not in (0, 1):
            raise PageError(f"ringfence {' '.join(arguments)}: exit status {done.returncode}\n{err}")
        return out, err

    def session(self, block):
        """The text of a `run` block as the program would write it."""
        command, _, shown = block.text.partition("\n")
        words = shlex.split(command)
        if words[:2] != ["$", "ringfence"]:
            raise PageError(f"line {block.first}: begins with '$ ringfence'")
        done = subprocess.run(
            [self.program, *words[2:]], cwd=PROJECT / block.options.get("in", "."), timeout=120,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env={**os.environ, "NO_COLOR": "1"})
        out = done.stdout.decode()
        pattern = "(?:.*\n)*?".join(map(re.escape, shown.split(ELLIPSIS + "\n")))
        return block.text if re.fullmatch(pattern, out) else command + "\n" + elided(shown, out)

    def results(self, page, example):
        """What each block of `example` should hold: pairs (block, text)."""
        with tempfile.TemporaryDirectory() as folder:
            yield from self._in(Path(folder), page, example)

    def _in(self, folder, page, example):
        for block in example.of("run"):
            yield block, self.session(block)

        check = only_check(page)
        files = {block.file: block.text for block in example.of("before") + example.of("silent")}
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        confined = [f"--checks=-*,ringfence-{check}"] if check else []
        for block in example.of("silent"):
            out, _ = self.ringfence(folder, "check", *confined, block.file)
            if "[ringfence-" in out:
                raise PageError(f"line {block.first}: nothing should be said here, but:\n{out}")
        for block in example.of("output"):
            out, _ = self.ringfence(folder, "check", *confined)
            if "[ringfence-" not in out:
                raise PageError(f"line {block.first}: nothing is found here")
            yield block, out

        after = example.of("after")
        if not after:
            return
        for step in after[0].options.get("step", "report").split("+"):
            self.ringfence(folder, "fix", "--apply", "--allow-dirty", "--step", step,
                           "--level", "placeholders",
                           *(["--only", f"ringfence-{check}"] if check else []))
        shutil.rmtree(folder / ".ringfence", ignore_errors=True)
        left = {path.relative_to(folder).as_posix(): path.read_text()
                for path in sorted(folder.rglob("*")) if path.is_file()}
        shown = set()
        for block in after:
            shown.add(block.file)
            text = left.get(block.file)
            if text is None:
                raise PageError(f"line {block.first}: there is no {block.file} afterwards")
            if "part" in block.options:
                if block.text not in text:
                    raise PageError(f"line {block.first}: {block.file} does not hold this part:\n{text}")
            else:
                yield block, text
        changed = {name for name, text in left.items() if files.get(name) != text}
        if changed - shown:
            raise PageError(f"section '{example.title}': the page does not show {', '.join(sorted(changed - shown))}")
        if not changed:
            raise PageError(f"section '{example.title}': no fix changes anything")


def run_page(runner, page, update):
    """What is wrong with the page, as a list of texts; rewrites it on update."""
    text = page.read_text()
    lines = text.split("\n")
    wrong, rewrites = [], []
    try:
        for example in examples(text):
            try:
                for block, actual in runner.results(page, example):
                    if actual != block.text:
                        rewrites.append((block, actual))
            except PageError as error:
                wrong.append(f"{page}: {error}")
    except PageError as error:
        return [f"{page}: {error}"]
    if update:
        # From the end, so that the line numbers of earlier blocks stay true.
        for block, actual in sorted(rewrites, key=lambda pair: -pair[0].first):
            lines[block.first:block.last] = actual.rstrip("\n").split("\n")
        page.write_text("\n".join(lines))
        return wrong
    for block, actual in rewrites:
        difference = difflib.unified_diff(
            block.text.splitlines(), actual.splitlines(), "the page", "the program", lineterm="")
        wrong.append(f"{page}:{block.first}: {block.role}\n" + "\n".join(difference))
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ringfence", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("pages", nargs="+", type=Path)
    options = parser.parse_args()
    wrong = []
    for page in options.pages:
        wrong += run_page(Runner(options.ringfence), page, options.update)
    print("\n".join(wrong), end="\n" if wrong else "")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
