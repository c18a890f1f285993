"""Runs the examples of every command's --help in a folder, by a shell, with
nothing on standard input. Exit codes 0 and 1 (findings) are as promised."""

import os
import re
import subprocess
import sys

program, folder = sys.argv[1:]
environment = dict(os.environ, PATH=os.path.dirname(program) + os.pathsep + os.environ["PATH"])


def run(command):
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=folder, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
    if done.returncode not in (0, 1):
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    if not done.stdout and not done.stderr and "--quiet" not in command and not command.startswith("ringfence lsp"):
        sys.exit(f"{command}: says nothing")
    return done.stdout


def examples(command):
    text = run(f"ringfence {command} --help")
    return re.findall(r"^  (ringfence .*)$", text.split("\nExamples:\n")[1], re.M)


top = run("ringfence --help")
commands = re.findall(r"^  ([a-z]+) +[A-Z]", top.split("\nSubcommands:\n")[1], re.M)
total = 0
for command in commands:
    found = examples(command)
    for example in found:
        assert example.startswith(f"ringfence {command}"), example
        run(example)
    print(f"{command}: {len(found)} examples")
    total += len(found)
for example in re.findall(r"^  (ringfence .*)$", top, re.M):
    run(example)
    total += 1
print(f"{len(commands)} commands, {total} examples")
