#!/usr/bin/env python3
"""check_tidy.py finds each kind of untidiness, and nothing in tidy files."""

import unittest

from check_tidy import LICENCE, MOST_LINES, badly_named, untidy, untidy_test

HEADER = (
    "//===-- Range.h - byte ranges -*- C++ -*-===//\n" + LICENCE
    + "#ifndef RINGFENCE_MATCHERS_MODEL_RANGE_H\n#define RINGFENCE_MATCHERS_MODEL_RANGE_H\n"
    + "namespace ringfence {\n} // namespace ringfence\n#endif\n"
)


class Sources(unittest.TestCase):
    PATH = "matchers/model/Range.h"

    def test_tidy(self):
        self.assertEqual(untidy(self.PATH, HEADER), [])

    def test_untidy(self):
        for text, says in [
            (HEADER.replace("Range.h -", "Span.h -"), "first line names"),
            (HEADER.replace("-*- C++ -*-", ""), "-*- C++ -*-"),
            (HEADER.replace("SPDX", "SPD"), "licence"),
            (HEADER.replace("MODEL_RANGE", "RANGE"), "include guard"),
            (HEADER + "\n", "line end"),
            (HEADER.rstrip("\n"), "line end"),
            (HEADER.replace("#endif", "#endif "), "space at the end"),
            (HEADER.replace("namespace ringfence {", "namespace ringfence::detail::helpers {"), "says nothing"),
            (HEADER.replace("#endif", "//\n" * MOST_LINES + "#endif"), "split it"),
        ]:
            found = untidy(self.PATH, text)
            self.assertEqual(len(found), 1, (says, found))
            self.assertIn(says, found[0])


class LitTests(unittest.TestCase):
    def test_paths_are_quoted(self):
        for line in ('RUN: %ringfence check %s', 'RUN: mkdir -p %t/a', 'RUN: cp "%s" %S/Inputs/a'):
            self.assertEqual(len(untidy_test("test/tool/a.test", line)), 1, line)
        for line in ('RUN: %ringfence check "%s" | %FileCheck "%s"', 'RUN: cp "%S/Inputs/a b" "%t.dir/a"',
                     "RUN: %swiftc x", "see %s"):
            self.assertEqual(untidy_test("test/tool/a.test", line), [], line)


class Names(unittest.TestCase):
    def test_names(self):
        for path in ("tool/utils/A.h", "matchers/flow/Helpers.cpp", "tool/common.cpp"):
            self.assertTrue(badly_named(path), path)
        for path in ("matchers/flow/HelperSummaries.cpp", "tool/output/Text.cpp"):
            self.assertFalse(badly_named(path), path)


if __name__ == "__main__":
    unittest.main()
