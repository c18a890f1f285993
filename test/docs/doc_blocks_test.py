#!/usr/bin/env python3
"""doc_blocks.py holds pages to what the program does; here a stand-in for it."""

import tempfile
import unittest
from pathlib import Path

from doc_blocks import PageError, Runner, elided, examples, run_page

# `check` says one thing about each bad file; `fix` turns bad to good and adds a
# file if there is a line "new".
PROGRAM = """#!/bin/sh
case $1 in
check)
  shift
  for file in Push.swift; do
    grep -q bad $file && echo "$file:1:1: error: bad [ringfence-late-report]" && exit 1
  done
  exit 0 ;;
fix)
  grep -q crash Push.swift && exit 4
  sed -i s/bad/good/ Push.swift
  mkdir .ringfence && touch .ringfence/journal
  grep -q new Push.swift && echo made >New.swift
  exit 0 ;;
count) echo one; echo two >&2; echo three ;;
esac
"""

PAGE = """# A check

## Swift

```swift before
bad
```

```text output
Push.swift:1:1: error: bad [ringfence-late-report]
```

```swift after
good
```

## Not said

```swift silent
fine
```
"""


class Pages(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        folder = Path(self.folder.name)
        program = folder / "ringfence"
        program.write_text(PROGRAM)
        program.chmod(0o755)
        self.page = folder / "checks" / "late-report.md"
        self.page.parent.mkdir()
        self.runner = Runner(program)

    def run_on(self, text, update=False):
        self.page.write_text(text)
        return run_page(self.runner, self.page, update)

    def wrong(self, text, says):
        found = self.run_on(text)
        self.assertEqual(len(found), 1, found)
        self.assertIn(says, found[0])

    def test_a_true_page(self):
        self.assertEqual(self.run_on(PAGE), [])

    def test_another_output(self):
        self.wrong(PAGE.replace(":1:1: error", ":1:2: error"), "+Push.swift:1:1")

    def test_another_result(self):
        self.wrong(PAGE.replace("\ngood\n", "\nbetter\n"), "-better\n+good")

    def test_nothing_found(self):
        self.wrong(PAGE.replace("\nbad\n", "\ngood\n", 1).replace("after\ngood", "after part\ngood"), "nothing is found")

    def test_silence_broken(self):
        self.wrong(PAGE.replace("\nfine\n", "\nbad\n"), "nothing should be said")

    def test_a_new_file_must_be_shown(self):
        self.wrong(PAGE.replace("\nbad\n", "\nbad new\n").replace("\ngood\n", "\ngood new\n"), "does not show New.swift")
        shown = PAGE.replace("\nbad\n", "\nbad new\n").replace(
            "good\n```", "good new\n```\n\n```swift after file=New.swift\nmade\n```")
        self.assertEqual(self.run_on(shown), [])

    def test_a_fix_that_fails_or_changes_nothing(self):
        self.wrong(PAGE.replace("\nbad\n", "\nbad crash\n"), "exit status 4")
        only_after = PAGE.replace("```text output\nPush.swift:1:1: error: bad [ringfence-late-report]\n```", "")
        self.wrong(only_after.replace("\nbad\n", "\ngood\n"), "no fix changes anything")

    def test_update(self):
        false = PAGE.replace("\ngood\n", "\nold\ntext\n").replace(":1:1: error", ":9:9: error")
        self.assertEqual(self.run_on(false, update=True), [])
        self.assertEqual(self.page.read_text(), PAGE)

    def test_a_command_and_what_it_prints(self):
        block = "```console run\n$ ringfence count\none\n%sthree\n```\n"
        for middle in ("two\n", "[…]\n"):
            self.assertEqual(self.run_on(block % middle), [])
        self.wrong(block % "", "+two")
        self.wrong(block % "[…]\nfour\n", "-four")

    def test_what_a_command_prints_is_left_out_in_an_update_too(self):
        self.assertEqual(elided("one\n[…]\nfive\n", "one\ntwo\nfour\nfive\nsix\n"), "one\n[…]\nfive\nsix\n")
        self.assertEqual(elided("one 1\n[…]\nthree 1\n", "one 2\ntwo\nthree 2\n"), "one 2\n[…]\nthree 2\n")
        self.assertEqual(elided("one\n[…]\ntwo\n", "one\ntwo\n"), "one\ntwo\n")

    def test_malformed_pages(self):
        for text, says in [
            ("```swift before\nx\n", "not closed"),
            ("```swift befoer\nx\n```\n", "not befoer"),
            ("```swift after\nx\n```\n", "no before block"),
        ]:
            with self.assertRaisesRegex(PageError, says):
                examples(text)


if __name__ == "__main__":
    unittest.main()
