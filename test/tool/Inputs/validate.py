"""validate.py SCHEMA FILE: validates JSON, and checks what a schema cannot say."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1]))
output = json.load(open(sys.argv[2], encoding="utf-8"))
jsonschema.Draft7Validator(schema).validate(output)

sets = {s["id"] for s in output["fixSets"]}
assert len(sets) == len(output["fixSets"]), "ids of fix sets are unique"
named = {i for f in output["findings"] for i in f["fixSets"]}
assert named == sets, "findings name the fix sets that close them, and all of them"
ids = [f["id"] for f in output["findings"]]
assert len(set(ids)) == len(ids), "fingerprints are unique"
print(len(output["handlers"]), "handlers,", len(output["findings"]), "findings,", len(sets), "fix sets")
