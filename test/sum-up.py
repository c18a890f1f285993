#!/usr/bin/env python3
"""Adds up what ctest and lit found, as one line.

usage: sum-up.py FILE…, of ctest (JUnit, .xml) or of lit (.json). A file that is not
there is a failure: that runner broke down.

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
    """Name, outcome and reason of each test, from ctest's JUnit output."""
    for case in ElementTree.parse(file).getroot().iter("testcase"):
        status = case.get("status")
        if status == "run":
            yield case.get("name"), "passed", ""
        elif status in ("notrun", "disabled"):
            # A program that was not built is a failure, not a choice.
            reason = "".join(child.get("message", "") for child in case)
            missing = "Unable to find" in reason or "NOT_AVAILABLE" in reason
            yield case.get("name"), "failed" if missing else "skipped", reason
        else:
            yield case.get("name"), "failed", ""


def of_lit(file):
    """Name, outcome and reason of each test, from lit's --output."""
    for test in json.loads(file.read_text())["tests"]:
        code = test["code"]
        if code in PASSED:
            yield test["name"], "passed", ""
        elif code in SKIPPED:
            yield test["name"], "skipped", test["output"].strip()
        else:
            yield test["name"], "failed", ""


def main():
    outcomes = []
    for file in map(Path, sys.argv[1:]):
        if file.exists():
            outcomes += of_ctest(file) if file.suffix == ".xml" else of_lit(file)
        else:
            outcomes.append((f"the run that should have left {file}", "failed", "it broke down"))
    for name, outcome, reason in outcomes:
        if outcome != "passed":
            print(f"{outcome}: {name}" + (f" ({reason.splitlines()[0]})" if reason else ""))
    count = Counter(outcome for _, outcome, _ in outcomes)
    line = f"{count['passed']} passed, {count['failed']} failed"
    if count["skipped"]:
        line += f", {count['skipped']} skipped"
    print(line)
    if count["failed"] or not outcomes:
        sys.exit(1)


if __name__ == "__main__":
    main()
