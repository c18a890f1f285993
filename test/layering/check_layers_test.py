#!/usr/bin/env python3
"""check_layers.py finds each kind of breach, and nothing in sound files."""

import unittest

from check_layers import breaches_in_links, breaches_in_source


class Includes(unittest.TestCase):
    def breach(self, path, text):
        found = breaches_in_source(path, text)
        self.assertEqual(len(found), 1, found)
        return found[0]

    def test_a_lower_room_includes_a_higher_one(self):
        self.assertIn("must not include rewriters/Propose.h",
                      self.breach("matchers/flow/Judge.cpp", '#include "rewriters/Propose.h"\n'))
        self.assertIn("must not include matchers/checks/Check.h",
                      self.breach("matchers/flow/Judge.cpp", '#include "matchers/checks/Check.h"\n'))
        self.assertIn("must not include tool/",
                      self.breach("rewriters/Propose.cpp", '#include "tool/pipeline/Analysis.h"\n'))

    def test_the_readers_see_the_model_alone(self):
        self.assertIn("matchers/effects",
                      self.breach("matchers/swift/Reader.cpp", '#include "matchers/effects/Catalogue.h"\n'))
        self.assertEqual(breaches_in_source("matchers/swift/Reader.cpp",
                                            '#include "matchers/model/File.h"\n#include <tree_sitter/api.h>\n'), [])

    def test_syntax_nodes_stay_with_the_readers(self):
        self.assertIn("syntax nodes", self.breach("matchers/checks/LateReport.cpp", "#include <clang/AST/Decl.h>\n"))
        self.assertIn("syntax nodes", self.breach("rewriters/callkit/A.cpp", '#include "tree_sitter/api.h"\n'))

    def test_only_the_tool_touches_the_disk(self):
        self.assertIn("touches the disk", self.breach("rewriters/xcode/Plist.cpp", "#include <fstream>\n"))
        self.assertIn("touches the disk",
                      self.breach("rewriters/edit/FixSet.cpp", '#include "llvm/Support/FileSystem.h"\n'))
        self.assertEqual(breaches_in_source("tool/apply/Writer.cpp", "#include <fstream>\n"), [])

    def test_only_the_tool_prints_and_exits(self):
        self.assertIn("prints", self.breach("matchers/flow/Judge.cpp", '  llvm::errs() << "here";\n'))
        self.assertIn("prints", self.breach("rewriters/Propose.cpp", "  exit(1);\n"))
        self.assertEqual(breaches_in_source("matchers/flow/Judge.cpp", "  // as exit(1) would\n  on_exit(1);\n"), [])
        self.assertEqual(breaches_in_source("tool/Main.cpp", "  exit(1);\n"), [])


class Links(unittest.TestCase):
    SOUND = [
        "ringfence_model matchers/model: ringfence_llvm",
        "ringfence_objc matchers/objc: ringfence_model ringfence_clang tree_sitter",
        "ringfence_checks matchers/checks: ringfence_model",
        "ringfence_edit rewriters: ringfence_llvm",
        "ringfence_rewriters rewriters: ringfence_checks ringfence_edit",
        "ringfence_pipeline tool/pipeline: ringfence_rewriters ringfence_objc",
        "ringfence tool: ringfence_pipeline CLI11::CLI11",
    ]

    def test_sound_links(self):
        self.assertEqual(breaches_in_links(self.SOUND), [])

    def test_a_lower_room_links_a_higher_one(self):
        for line, breach in [
            ("low matchers/model: ringfence_checks", "low must not link ringfence_checks"),
            ("low rewriters: ringfence_pipeline", "low must not link ringfence_pipeline"),
            ("low rewriters: ringfence_objc", "low must not link ringfence_objc"),
            ("ringfence_edit rewriters: ringfence_checks", "ringfence_edit must not link ringfence_checks"),
        ]:
            self.assertEqual(breaches_in_links(self.SOUND + [line]), ["CMake: " + breach])


if __name__ == "__main__":
    unittest.main()
