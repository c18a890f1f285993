"""Asks for the progress line in each way there is.

usage: progress.py PROGRAM FOLDER

The folder gets sources whose judgement takes longer than the line waits for.
"""

import os
import pty
import subprocess
import sys
from pathlib import Path

PROGRAM, FOLDER = sys.argv[1], Path(sys.argv[2])
LONG_ROW = Path(__file__).resolve().parents[2] / "tool" / "Inputs" / "long_row.py"
CLEARED = b"\r\033[K"


def on_pipe(*options):
    run = subprocess.run([PROGRAM, "check", *options, "."], cwd=FOLDER, capture_output=True, check=False)
    return run.stderr


def on_terminal(*options, term="xterm", folder=FOLDER):
    master, slave = pty.openpty()
    child = subprocess.Popen(
        [PROGRAM, "check", *options, "."],
        cwd=folder, stdin=slave, stdout=subprocess.DEVNULL, stderr=slave,
        env={**os.environ, "TERM": term},
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        seen += part
    os.close(master)
    child.wait()
    return seen


def expect(what, holds):
    if not holds:
        sys.exit(f"not so: {what}")


def main():
    always = on_pipe("--progress=always")
    expect("asked for, it is shown", b"judging handlers 1 of 1" in always)
    expect("it is gone before the summary", CLEARED + b"looked at" in always)
    expect("a pipe gets none", CLEARED not in on_pipe())
    expect("a short run shows none", CLEARED not in on_terminal())

    for number in range(4):
        row = subprocess.run([sys.executable, LONG_ROW, "3000"], capture_output=True, text=True, check=True)
        (FOLDER / f"Row{number}.swift").write_text(row.stdout.replace("Pushes", f"Pushes{number}"))
    expect("a long run shows it", b"judging handlers" in on_terminal())
    expect("a terminal that cannot move gets none", CLEARED not in on_terminal(term="dumb"))
    expect("quiet runs show none", CLEARED not in on_terminal("--quiet"))
    print("6 cases")


main()
