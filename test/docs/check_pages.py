#!/usr/bin/env python3
"""Every check and fix that the program lists has its page, its tests and, the
other way round, no page speaks of what the program does not list, unless it says
that this is not there yet.

usage: check_pages.py PROGRAM PROJECT
"""

import re
import subprocess
import sys
from pathlib import Path


def listed(program):
    """Names that `ringfence checks` lists: checks and fixes."""
    text = subprocess.run([program, "checks"], capture_output=True, check=True, text=True).stdout
    return set(re.findall(r"ringfence-([a-z-]+)", text)), text


def main():
    program, project = sys.argv[1], Path(sys.argv[2])
    checks, listing = listed(program)
    wrong = []
    if not checks:
        wrong.append("`ringfence checks` lists no checks")
    for check in sorted(checks):
        if not (project / "docs" / "checks" / f"{check}.md").exists():
            wrong.append(f"docs/checks/{check}.md is not there")
        tests = project / "test" / "checks" / check
        for endings in ((".swift",), (".m", ".mm")):
            if not any(path.suffix in endings for path in tests.glob("*")):
                wrong.append(f"test/checks/{check} has no {endings[0]} test")
    for folder, names in (("checks", checks), ("fixes", set(re.findall(r"[a-z-]+", listing)))):
        for page in sorted((project / "docs" / folder).glob("*.md")):
            text = page.read_text()
            if page.stem not in names and "\n*Not there yet" not in text:
                wrong.append(f"docs/{folder}/{page.name}: the program lists no {page.stem}")
            title = text.partition("\n")[0]
            if title != f"# {page.stem}":
                wrong.append(f"docs/{folder}/{page.name}: the title is not # {page.stem}")
    print("\n".join(wrong) if wrong else f"{len(checks)} checks have their pages and tests")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
