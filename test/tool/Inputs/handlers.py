"""handlers.py FILE: one line per handler of JSON output."""
import json
import sys

for h in json.load(open(sys.argv[1]))["handlers"]:
    print(f"{h['file']}:{h['line']} {h['reports']}")
