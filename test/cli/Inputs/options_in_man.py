"""Whether the manual page names every command and option that --help knows."""

import re
import subprocess
import sys

program, page = sys.argv[1:]
man = open(page, encoding="utf-8").read()


def help_of(*command):
    return subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True).stdout


commands = re.findall(r"^  ([a-z]+) +[A-Z]", help_of().split("\nSubcommands:\n")[1], re.M)
count = 0
for command in commands:
    assert re.search(rf"^ +{command}\b", man, re.M), command
    for option in re.findall(r"(?:^  (?:-\w,)?|,)(--?[a-z][\w-]*)", help_of(command), re.M):
        count += 1
        assert re.search(rf"(?<![\w-]){option}(?![\w-])", man), (command, option)
print(f"{len(commands)} commands, {count} options, all there")
