#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads the project.pbxproj of an app of test/apps and holds it against the folder.

  project.py APP

Every reference has to lead to an object, every file to one on disk, and each target
has to compile the sources of its folder: all of them, and no others. Prints a line
for each target; exits with 1 if something is wrong.
"""

import pathlib
import re
import sys

TOKEN = re.compile(r'\s+|//[^\n]*|/\*.*?\*/|(?P<mark>[{}()=;,])|"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<word>[\w$./:-]+)',
                   re.S)


def read(text):
    """The property list in `text`, in the old form that Xcode writes."""
    tokens, at = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            sys.exit(f"project.py: unreadable at {text[at:at + 20]!r}")
        at = match.end()
        if match["mark"]:
            tokens.append((match["mark"], None))
        elif match["quoted"] is not None or match["word"]:
            tokens.append(("text", match["word"] or match["quoted"]))
    tokens.reverse()

    def expect(kind):
        found, value = tokens.pop()
        if found != kind:
            sys.exit(f"project.py: {kind!r} is missing before {value or found!r}")
        return value

    def value():
        kind, word = tokens.pop()
        if kind == "text":
            return word
        out = {} if kind == "{" else []
        end = "}" if kind == "{" else ")"
        while tokens[-1][0] != end:
            if kind == "{":
                key = expect("text")
                expect("=")
                out[key] = value()
                expect(";")
            else:
                out.append(value())
                expect(",")
        tokens.pop()
        return out

    whole = value()
    if tokens:
        sys.exit("project.py: there is more behind the end")
    return whole


def main():
    app = pathlib.Path(sys.argv[1]).resolve()
    whole = read((app / f"{app.name}.xcodeproj" / "project.pbxproj").read_text())
    objects, wrong = whole["objects"], []

    def look_up(key):
        if key not in objects:
            sys.exit(f"project.py: {key} is nowhere")
        return objects[key]

    paths = {}

    def walk(key, folder):
        group = look_up(key)
        for child in group.get("children", []):
            item = look_up(child)
            place = folder / item.get("path", "") if item["sourceTree"] == "<group>" else None
            if item["isa"] == "PBXGroup":
                walk(child, place)
            elif place:
                paths[child] = place
                if not place.is_file():
                    wrong.append(f"{place.relative_to(app)} is not there")

    project = look_up(whole["rootObject"])
    walk(project["mainGroup"], app)
    for key in project["targets"]:
        target = look_up(key)
        compiled = {paths[look_up(f)["fileRef"]] for phase in map(look_up, target["buildPhases"])
                    if phase["isa"] == "PBXSourcesBuildPhase" for f in phase["files"]}
        there = {p for p in (app / target["name"]).rglob("*") if p.suffix in (".swift", ".m")}
        wrong += [f"{target['name']} does not compile {p.relative_to(app)}" for p in sorted(there - compiled)]
        wrong += [f"{target['name']} compiles {p.relative_to(app)} of elsewhere" for p in sorted(compiled - there)]
        for configuration in look_up(target["buildConfigurationList"])["buildConfigurations"]:
            settings = look_up(configuration)["buildSettings"]
            wrong += [f"{settings[s]} is not there" for s in ("INFOPLIST_FILE", "CODE_SIGN_ENTITLEMENTS")
                      if not (app / settings[s]).is_file()]
        for dependency in map(look_up, target["dependencies"]):
            look_up(dependency["target"])
            look_up(dependency["targetProxy"])
        kind = target["productType"].rsplit(".", 1)[1]
        print(f"{kind} {target['name']}: {len(compiled)} sources")
    for problem in wrong:
        print(problem)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
