"""Whether `ringfence check` colours its output, into a pipe and on a terminal."""

import os
import pty
import subprocess
import sys

program, folder = sys.argv[1:]


def colored(terminal, options, variables):
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", **variables}
    command = [program, "check", "-q", *options]
    if not terminal:
        out = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE).stdout
        return b"\x1b[" in out
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=theirs)
    os.close(theirs)
    out = b""
    try:
        while data := os.read(ours, 65536):
            out += data
    except OSError:
        pass  # the terminal is closed
    process.wait()
    assert b"error" in out
    return b"\x1b[" in out


cases = [
    (True, [], {}, True),
    (False, [], {}, False),
    (True, [], {"NO_COLOR": "1"}, False),
    (True, [], {"NO_COLOR": ""}, True),
    (True, ["--color", "always"], {"NO_COLOR": "1"}, True),
    (False, [], {"CLICOLOR_FORCE": "1"}, True),
    (False, [], {"CLICOLOR_FORCE": "0"}, False),
    (False, [], {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
    (True, [], {"CLICOLOR": "0"}, False),
    (True, [], {"TERM": "dumb"}, False),
]
for terminal, options, variables, expected in cases:
    if colored(terminal, options, variables) != expected:
        sys.exit(f"terminal {terminal}, {options}, {variables}: not {expected}")
print(len(cases), "cases")
