"""Validates a SARIF file by the schema of the standard, applies its fixes, and
compares what they leave with what `ringfence fix` would: every fix is tried on
its own copy of the text."""

import argparse
import json
import pathlib
import subprocess
import sys
import urllib.parse

import jsonschema

parser = argparse.ArgumentParser()
parser.add_argument("--schema", required=True)
parser.add_argument("--root", type=pathlib.Path, required=True)
parser.add_argument("--ringfence", required=True)
parser.add_argument("file")
options = parser.parse_args()

log = json.load(open(options.file, encoding="utf-8"))
schema = json.load(open(options.schema, encoding="utf-8-sig"))
jsonschema.validators.validator_for(schema)(schema).validate(log)
(run,) = log["runs"]
rules = run["tool"]["driver"]["rules"]


def units(line):
    """The line's UTF-16 code units, as pairs of bytes."""
    return line.encode("utf-16-le")


def offset(lines, line, column):
    """Byte offset of a position in UTF-16 units."""
    before = sum(len(l.encode()) for l in lines[: line - 1])
    if line > len(lines):
        return before
    return before + len(units(lines[line - 1])[: 2 * (column - 1)].decode("utf-16-le").encode())


def text_of(path):
    return (options.root / path).read_bytes()


def cut(path, region):
    data = text_of(path)
    lines = data.decode().splitlines(keepends=True)
    begin = offset(lines, region["startLine"], region["startColumn"])
    end = offset(lines, region["endLine"], region["endColumn"])
    return begin, end, data


def apply(change):
    path = urllib.parse.unquote(change["artifactLocation"]["uri"])
    pieces, data = [], b""
    for replacement in change["replacements"]:
        begin, end, data = cut(path, replacement["deletedRegion"])
        pieces.append((begin, end, replacement["insertedContent"]["text"].encode()))
    for begin, end, text in sorted(pieces, reverse=True):
        data = data[:begin] + text + data[end:]
    return path, data


flows = fixes = suppressed = 0
files = set()
for result in run["results"]:
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert rules[result["ruleIndex"]]["help"]["markdown"].strip()
    location = result["locations"][0]["physicalLocation"]
    path = urllib.parse.unquote(location["artifactLocation"]["uri"])
    begin, end, data = cut(path, location["region"])
    assert data[begin:end].decode() == location["region"]["snippet"]["text"], path
    flows += len(result.get("codeFlows", []))
    suppressed += len(result.get("suppressions", []))
    for fix in result.get("fixes", []):
        fixes += 1
        for change in fix["artifactChanges"]:
            name, left = apply(change)
            assert left != text_of(name)
            files.add((name, left))

# Sets of a step do not overlap in these trees, so each alone is in the JSON.
report = json.loads(
    subprocess.run(
        [options.ringfence, "check", "--format", "json", "-q"],
        cwd=options.root, capture_output=True, check=False).stdout)
expected = set()
for fix_set in report["fixSets"]:
    if fix_set["newFiles"]:
        continue
    for name in {edit["file"] for edit in fix_set["edits"]}:
        data = text_of(name)
        edits = [e for e in fix_set["edits"] if e["file"] == name]
        for edit in sorted(edits, key=lambda e: (e["offset"], e["length"]), reverse=True):
            end = edit["offset"] + edit["length"]
            data = data[: edit["offset"]] + edit["text"].encode() + data[end:]
        expected.add((name, data))
if files != expected:
    sys.exit(f"fixes differ from fix sets: {len(files)} and {len(expected)} files, "
             f"{len(files & expected)} of them alike")

print(f"{len(run['results'])} results, {flows} code flows, {fixes} fixes, {suppressed} suppressed")
print(f"fixes leave {len(files)} files as ringfence fix does")
