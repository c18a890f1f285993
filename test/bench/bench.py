#!/usr/bin/env python3
"""Times `ringfence check` on a whole tree against ripgrep on the same tree.

usage: bench.py --ringfence PROGRAM [--pairs N] [--threads N] [TREE]

Both are started in turn (A B A B …), so that what else the machine does hits both
alike; medians, and the median of the pairs' ratios. Where valgrind is installed,
the instructions of one run on one thread are counted too: they repeat.
"""

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import generate_tree

# What ripgrep looks for: the handlers, by the name that all forms share.
TOKEN = "didReceiveIncoming"
SOURCES = [word for ending in ("swift", "m", "mm", "h") for word in ("-g", "*." + ending)]


def measure(command):
    """Wall and CPU milliseconds of one run."""
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    child.returncode = code
    # 1: findings, or for ripgrep nothing found.
    if code not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: exit status {code}")
    return 1000 * wall, 1000 * (usage.ru_utime + usage.ru_stime)


def instructions(command):
    """Millions of user instructions of one run, or None."""
    valgrind = shutil.which("valgrind")
    if not valgrind:
        return None
    done = subprocess.run(
        [valgrind, "--tool=callgrind", "--callgrind-out-file=/dev/null", *command],
        capture_output=True, text=True)
    found = re.search(r"Collected : (\d+)", done.stderr)
    return int(found[1]) / 1e6 if found else None


def count(tree):
    files = [path for path in tree.rglob("*") if path.suffix in (".swift", ".m", ".mm", ".h") and path.is_file()]
    return len(files), sum(path.stat().st_size for path in files) / 1e6


def handlers(program, tree):
    """How many handlers are found: a check that finds none measures nothing."""
    done = subprocess.run([program, "check", "--format", "json", tree], capture_output=True)
    if done.returncode not in (0, 1):
        sys.exit(f"ringfence check: exit status {done.returncode}\n{done.stderr.decode()}")
    found = len(json.loads(done.stdout or "{}").get("handlers", []))
    if found == 0:
        sys.exit(f"no handlers are found under {tree}, so there is nothing to time")
    return found


def paired(first, second, pairs):
    """Medians of both commands and the ratios of the pairs, as (wall, CPU)."""
    measure(first), measure(second)  # the page cache is warm for both
    runs = [(measure(first), measure(second)) for _ in range(pairs)]
    for what, at in (("wall", 0), ("CPU", 1)):
        a = [run[0][at] for run in runs]
        b = [run[1][at] for run in runs]
        ratios = sorted(x / max(y, 0.1) for x, y in zip(a, b))
        yield what, statistics.median(a), statistics.median(b), statistics.median(ratios), ratios[0], ratios[-1]


def bench(program, tree, options):
    files, megabytes = count(tree)
    print(f"{tree}: {files} sources, {megabytes:.1f} MB, {handlers(program, tree)} handlers;"
          f" {options.threads} threads; {options.pairs} pairs")

    def check(threads):
        return [program, "check", "--quiet", f"-j{threads}", tree]

    def ripgrep(threads):
        return ["rg", "-l", f"-j{threads}", TOKEN, *SOURCES, tree]

    print(f"{'':6} {'ringfence':>12} {'rg -l':>12} {'ratio':>7}   [least-most]")
    for what, a, b, ratio, least, most in paired(check(options.threads), ripgrep(options.threads), options.pairs):
        print(f"{what:6} {a:9.1f} ms {b:9.1f} ms {ratio:7.2f}   [{least:.2f}-{most:.2f}]")
    a, b = instructions(check(1)), instructions(ripgrep(1))
    if a and b:
        print(f"{'instr.':6} {a:10.1f} M {b:10.1f} M {a / b:7.2f}   (one thread, callgrind)")
    wall = statistics.median(measure([program, "--version"])[0] for _ in range(options.pairs))
    print(f"start  {wall:9.1f} ms  (--version)")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ringfence", required=True, type=Path)
    parser.add_argument("--pairs", type=int, default=15)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("tree", nargs="?", type=Path)
    options = parser.parse_args()

    program = options.ringfence.resolve()
    if options.tree is None:
        # Outside of the project, whose ignore rules would hide it.
        with tempfile.TemporaryDirectory(prefix="ringfence-bench-") as folder:
            generate_tree.generate(Path(folder), 5000)
            bench(program, Path(folder), options)
    elif options.tree.is_dir():
        bench(program, options.tree, options)
    else:
        sys.exit(f"there is no folder {options.tree}")


if __name__ == "__main__":
    main()
