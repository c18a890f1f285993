#!/usr/bin/env python3
"""Adds up what ctest and lit found, as one line.

usage: sum-up.py FOLDER, which holds ctest.xml (JUnit) and lit.json or one of them.

Fails if any test failed or none ran: a run that tested nothing proves nothing.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

PASSED = {"PASS", "FLAKYPASS", "XFAIL"}
SKIPPED = {"UNSUPPORTED", "SKIPPED", "EXCLUDED"}


def of_ctest(file):
    """Outcome by test, from ctest's JUnit output."""
    for case in ElementTree.parse(file).getroot().iter("testcase"):
        status = case.get("status")
        if status == "run":
            yield case.get("name"), "passed"
        elif status in ("notrun", "disabled"):
            # A program that was not built is a failure, not a choice.
            reason = "".join(child.get("message", "") for child in case)
            missing = "Unable to find" in reason or "NOT_AVAILABLE" in reason
            yield case.get("name"), "failed" if missing else "skipped"
        else:
            yield case.get("name"), "failed"


def of_lit(file):
    """Outcome by test, from lit's --output."""
    for test in json.loads(file.read_text())["tests"]:
        code = test["code"]
        if code in PASSED:
            yield test["name"], "passed"
        elif code in SKIPPED:
            yield test["name"], "skipped"
        else:
            yield test["name"], "failed"


def main():
    folder = Path(sys.argv[1])
    outcomes = []
    for name, read in (("ctest.xml", of_ctest), ("lit.json", of_lit)):
        if (folder / name).exists():
            outcomes += read(folder / name)
    for name, outcome in outcomes:
        if outcome == "failed":
            print("failed:", name)
    count = Counter(outcome for _, outcome in outcomes)
    line = f"{count['passed']} passed, {count['failed']} failed"
    if count["skipped"]:
        line += f", {count['skipped']} skipped"
    print(line)
    if count["failed"] or not outcomes:
        sys.exit(1)


if __name__ == "__main__":
    main()
