"""Holds the fix sets of a JSON report against the list of `ringfence checks`."""

import json
import re
import sys

listed = set()  # a fix may stand there twice, for different steps
for fix, steps, levels in re.findall(r"fix: (\S+) \(step (.*)\): (.*)", open(sys.argv[1]).read()):
    listed.update((fix, step, level) for step in steps.split(", ") for level in levels.split(" or "))
sets = json.load(open(sys.argv[2]))["fixSets"]
for fix_set in sets:
    assert (fix_set["fix"], fix_set["step"], fix_set["applicability"]) in listed, fix_set["title"]
print(len(sets), "fix sets of", len({s["fix"] for s in sets}), "fixes")
