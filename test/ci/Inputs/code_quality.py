"""Checks a Code Quality report for what GitLab requires of each issue."""

import json
import sys

issues = json.load(open(sys.argv[1], encoding="utf-8"))
prints = set()
for issue in issues:
    assert issue["description"] and issue["check_name"].startswith("ringfence-")
    assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert not issue["location"]["path"].startswith(("/", "./"))
    assert issue["location"]["lines"]["begin"] >= 1
    prints.add(issue["fingerprint"])
assert len(prints) == len(issues), "fingerprints differ"
print(f"{len(issues)} issues:", ", ".join(sorted({i["severity"] for i in issues})))
