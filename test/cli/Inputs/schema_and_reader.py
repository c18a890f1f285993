"""Holds the configuration's JSON schema against the program's reader."""

import json
import pathlib
import subprocess
import sys

import jsonschema

program, schema_file, folder = sys.argv[1:]
schema = json.load(open(schema_file, encoding="utf-8"))
validator = jsonschema.Draft7Validator(schema)
validator.check_schema(schema)
row = {"swift": "Store.insert(_:)", "effect": "database", "destination": "notification-service"}
good = [
    {},
    {"checks": "*,-ringfence-late-report"},
    {"checks": ["*", "-ringfence-late-report,-state-guard"]},
    {"exclude": ["Legacy/**"], "reporters": ["Calls.announce(_:)"]},
    {"exclude": []},
    {"effects": [row]},
    {"app-group": "group.a", "task-identifier-prefix": "a.b", "deployment-target": "15.0", "sdk": "26.4"},
]
bad = [
    [],
    "text",
    {"exlude": []},
    {"exclude": "Legacy/**"},
    {"exclude": {"a": "b"}},
    {"exclude": [["a"]]},
    {"reporters": "f"},
    {"checks": {"a": "b"}},
    {"checks": [["*"]]},
    {"app-group": ["a"]},
    {"deployment-target": {"ios": "15.0"}},
    {"effects": ["text"]},
]
keys = set()
for cases, expected in ((good, True), (bad, False)):
    for case in cases:
        file = pathlib.Path(folder, "case.yaml")
        file.write_text(json.dumps(case))
        done = subprocess.run([program, "check", "--config", str(file)], cwd=folder,
                              capture_output=True, text=True)
        assert done.returncode in (0, 2), done.stderr
        if validator.is_valid(case) != expected or (done.returncode == 0) != expected:
            sys.exit(f"{case}: schema {validator.is_valid(case)}, reader {done.returncode == 0}\n{done.stderr}")
        if expected:
            keys.update(case)
assert keys == set(schema["properties"]), keys
print(f"{len(good)} accepted, {len(bad)} refused by both, {len(keys)} keys")
