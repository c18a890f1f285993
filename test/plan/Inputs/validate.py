"""validate.py SCHEMA FILE: validates a plan, and checks what a schema cannot say."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1]))
plan = json.load(open(sys.argv[2], encoding="utf-8"))
jsonschema.Draft7Validator(schema).validate(plan)

for handler in plan["handlers"]:
    steps = [s["step"] for s in handler["steps"]]
    assert steps == ["report", "tokens", "extension", "move", "clean-up"], steps
    drawn = [r for r in handler["picture"] if r["kind"] == "unreported"]
    assert len(drawn) == len(handler["exits"]), "the picture shows every faulty exit, once"
    depth = 0
    for row in handler["picture"]:
        assert row["depth"] <= depth + 1, "a row belongs to one above it"
        depth = row["depth"]
for push in plan["pushes"]:
    payload = json.loads(push["payload"])
    print("push:", push["headers"]["apns-push-type"], "to", push["token"], "with", " ".join(sorted(payload)))
for section in plan["sections"]:
    print("section:", section["title"])
print(len(plan["handlers"]), "handlers,", sum(len(s["fixes"]) for h in plan["handlers"] for s in h["steps"]), "fixes")
