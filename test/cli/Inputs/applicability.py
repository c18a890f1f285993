"""Holds the fix sets of a JSON report against the list of `ringfence checks`."""

import json
import re
import sys

listed = {}
for fix, steps, levels in re.findall(r"fix: (\S+) \(step (.*)\): (.*)", open(sys.argv[1]).read()):
    listed[fix] = (steps.split(", "), levels.split(" or "))
sets = json.load(open(sys.argv[2]))["fixSets"]
for fix_set in sets:
    steps, levels = listed[fix_set["fix"]]
    assert fix_set["step"] in steps and fix_set["applicability"] in levels, fix_set["title"]
print(len(sets), "fix sets of", len({s["fix"] for s in sets}), "fixes")
