"""What sarif-multitool said about a file: errors, and the rules of warnings."""

import json
import sys

results = json.load(open(sys.argv[1], encoding="utf-8-sig"))["runs"][0].get("results", [])
levels = [(r.get("level", "warning"), r["ruleId"]) for r in results]
for level, rule in sorted(set(levels)):
    if level == "error":
        print(rule)
print(f"{sum(l == 'error' for l, _ in levels)} errors, warnings:",
      " ".join(sorted({rule for level, rule in levels if level == "warning"})))
