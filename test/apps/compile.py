#!/usr/bin/env python3
# Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
# See LICENSE for license information.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Asks real compilers whether an app of test/apps is sound, on Linux.

  compile.py APP --swiftc PROGRAM [--clang PROGRAM] [--work FOLDER]
                 [--extension-sources FILE…]

Swift is type-checked against the stub modules of test/sdk/swift, Objective-C by
Clang with ARC against the headers of test/sdk/objc. A folder of APP whose
Info.plist names an extension point is an extension: it is checked as a target of
its own, against stubs that lack what an extension may not use, from its own
sources and the app's sources that they need (or the ones listed, relative to
APP). Exits with 0 if everything compiles, 1 if not, 2 on wrong usage.
"""

import argparse
import pathlib
import plistlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SDK = HERE.parent / "sdk"
# In the order of their imports.
MODULES = ["AVFoundation", "PushKit", "CallKit", "UserNotifications",
           "BackgroundTasks", "CryptoKit", "os", "UIKit", "SwiftUI"]
CLANG_FLAGS = ["-fsyntax-only", "-Wall", "-Werror", "-fobjc-arc", "-fblocks",
               "-target", "arm64-apple-ios15.0"]
SWIFT_FLAGS = ["-swift-version", "5", "-parse-as-library",
               # URLSession is part of Foundation everywhere else.
               "-Xfrontend", "-import-module", "-Xfrontend", "FoundationNetworking"]
# They say how Objective-C sees a declaration; there is none here to see it.
OBJC_ATTRIBUTE = re.compile(r"@objc(?:Members)?\b(?:\([^)\n]*\))?|@(?:IBAction|IBOutlet|NSManaged)\b")


class Target:
    """Sources that are compiled together."""

    def __init__(self, name, sources, is_extension):
        self.name, self.is_extension = name, is_extension
        self.swift = sorted(s for s in sources if s.suffix == ".swift")
        self.objc = sorted(s for s in sources if s.suffix in (".m", ".mm"))


def extension_folders(app):
    for plist in sorted(app.rglob("*.plist")):
        try:
            with open(plist, "rb") as f:
                if "NSExtension" in plistlib.load(f):
                    yield plist.parent
        except plistlib.InvalidFileException:
            sys.exit(f"compile.py: {plist} is no property list")


def sources_under(folder):
    return [p for p in folder.rglob("*") if p.suffix in (".swift", ".m", ".mm") and p.is_file()]


DECLARED = re.compile(r"^[ \t]*(?:(?:public|internal|final|open|@\w+(?:\([^)]*\))?)\s+)*"
                      r"(?:class|struct|enum|actor|protocol)\s+(\w+)", re.M)
IMPORTED = re.compile(r'^#\s*(?:import|include)\s+"([^"]+)"', re.M)


def needed_from(app_sources, own):
    """The app's sources that `own` needs to compile: what one would tick in Xcode."""
    declares = {}
    for source in app_sources:
        if source.suffix == ".swift":
            for name in DECLARED.findall(source.read_text()):
                declares.setdefault(name, source)
    by_stem = {s.stem: s for s in app_sources if s.suffix in (".m", ".mm")}
    needed, queue = set(own), list(own)
    while queue:
        source = queue.pop()
        text = source.read_text()
        if source.suffix == ".swift":
            found = {declares[w] for w in re.findall(r"\b[A-Z]\w*\b", text) if w in declares}
        else:
            header = source.with_suffix(".h")
            text += header.read_text() if header.exists() else ""
            found = {by_stem[pathlib.Path(h).stem] for h in IMPORTED.findall(text)
                     if pathlib.Path(h).stem in by_stem}
        queue += found - needed
        needed |= found
    return needed


def targets_of(app, listed):
    extensions = list(extension_folders(app))
    inside = {f: sources_under(f) for f in extensions}
    taken = {s for own in inside.values() for s in own}
    app_sources = [s for s in sources_under(app) if s not in taken]
    yield Target(app.name, app_sources, False)
    for folder, own in inside.items():
        shared = [app / name for name in listed] if listed else needed_from(app_sources, own)
        yield Target(folder.name, set(own) | set(shared), True)


def run(command, show_as=()):
    done = subprocess.run(command, capture_output=True, text=True)
    output = done.stdout + done.stderr
    for there, here in show_as:
        output = output.replace(str(there), str(here))
    sys.stdout.write(output)
    return done.returncode == 0


def stub_modules(swiftc, work, is_extension):
    """Compiles the stub modules of one flavour and returns their folder."""
    folder = work / ("extension" if is_extension else "app")
    folder.mkdir(parents=True, exist_ok=True)
    flags = ["-D", "APPLICATION_EXTENSION"] if is_extension else []
    for name in MODULES:
        files = sorted((SDK / "swift").glob(f"{name}*.swift"))
        module = folder / f"{name}.swiftmodule"
        if module.exists() and module.stat().st_mtime > max(f.stat().st_mtime for f in files):
            continue
        if not run(swiftc + ["-emit-module", "-parse-as-library", "-module-name", name, *flags,
                             "-I", str(folder), *map(str, files), "-emit-module-path", str(module)]):
            sys.exit(f"compile.py: the stub of {name} does not compile")
    return folder


def check_swift(target, app, swiftc, work):
    modules = stub_modules(swiftc, work, target.is_extension)
    copies, names = [], []
    folder = pathlib.Path(tempfile.mkdtemp(dir=work))
    for source in target.swift:
        # Blanked, not removed, so that lines and columns stay what they are.
        text = OBJC_ATTRIBUTE.sub(lambda m: " " * len(m[0]), source.read_text())
        copy = folder / source.relative_to(app)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text)
        copies.append(str(copy))
        names.append((copy, source))
    bridging = SDK / "generated" / f"{app.name}-Bridging.swift"
    if bridging.exists():
        copies.append(str(bridging))
    return run(swiftc + ["-typecheck", *SWIFT_FLAGS, "-module-name", target.name.replace("-", "_"),
                         "-I", str(modules), *copies], names)


def check_objc(target, app, clang):
    flags = CLANG_FLAGS + ["-isystem", str(SDK / "objc"), "-isystem", str(SDK / "generated")]
    if target.is_extension:
        flags += ["-fapplication-extension", "-DAPPLICATION_EXTENSION"]
    for folder in sorted({h.parent for h in app.rglob("*.h")}):
        flags += ["-I", str(folder)]
    # Every source is looked at: a list, so that none is spared by an earlier failure.
    return all([run(clang + flags + [str(source)]) for source in target.objc])


def program(path):
    """A command's first word; the path may have spaces."""
    return [path]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("app", type=pathlib.Path)
    parser.add_argument("--swiftc", type=program, default=[])
    parser.add_argument("--clang", type=program, default=["clang-19"])
    parser.add_argument("--work", type=pathlib.Path, help="keeps the stub modules for the next time")
    parser.add_argument("--extension-sources", nargs="+", default=[], metavar="FILE")
    args = parser.parse_args()
    app = args.app.resolve()
    if not app.is_dir():
        parser.error(f"there is no folder {args.app}")
    with tempfile.TemporaryDirectory() as scratch:
        work = (args.work or pathlib.Path(scratch)).resolve()
        work.mkdir(parents=True, exist_ok=True)
        sound = True
        for target in targets_of(app, args.extension_sources):
            if not target.swift and not target.objc:
                parser.error(f"{target.name} has no sources")
            if target.swift and not args.swiftc:
                parser.error(f"{target.name} has Swift sources: --swiftc is missing")
            fine = True
            if target.swift:
                fine &= check_swift(target, app, args.swiftc, work)
            if target.objc:
                fine &= check_objc(target, app, args.clang)
            count = len(target.swift) + len(target.objc)
            kind = "extension" if target.is_extension else "app"
            print(f"{kind} {target.name}: {count} sources {'compile' if fine else 'do not compile'}")
            sound &= fine
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
