//===-- IndentationTest.cpp - units of indentation and moved blocks --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/Indentation.h"
#include "gtest/gtest.h"

using namespace ringfence;

static std::string unitOf(std::string Text) {
  return indentUnit(SourceFile("a.swift", std::move(Text)));
}

TEST(Indentation, FindsTheUnit) {
  EXPECT_EQ(unitOf("a {\n  b {\n    c\n  }\n}\n"), "  ");
  EXPECT_EQ(unitOf("a {\n    b {\n        c\n    }\n}\n"), "    ");
  EXPECT_EQ(unitOf("a {\r\n\tb {\r\n\t\tc\r\n\t}\r\n}\r\n"), "\t");
  EXPECT_EQ(unitOf("no indentation at all\n"), "    ");
}

TEST(Indentation, CommentsAndAlignmentDoNotDecide) {
  EXPECT_EQ(
      unitOf("/*\n * x\n */\na {\n  b\n}\nc {\n  [d e:1\n       f:2];\n}\n"),
      "  ");
}

TEST(Indentation, MovesABlock) {
  EXPECT_EQ(reindented("a {\n        b\n    }\n", "    ", "  "),
            "  a {\n      b\n  }\n");
  EXPECT_EQ(reindented("\ta\n\t\tb\n", "\t", "    "), "    a\n    \tb\n");
}

TEST(Indentation, KeepsBlankLinesAndLineEnds) {
  EXPECT_EQ(reindented("    a\r\n\r\n  \t\r\n    b", "    ", "\t"),
            "\ta\r\n\r\n  \t\r\n\tb");
}

TEST(Indentation, MixedTabsCountAsColumns) {
  EXPECT_EQ(reindented("\ta\n        b\n", "\t", ""), "a\n    b\n");
  EXPECT_EQ(reindented("    a\n b\n", "    ", "  "), "  a\n  b\n");
}

TEST(Indentation, LeavesContinuedStringsAlone) {
  EXPECT_EQ(reindented("    s = \"x \\\n    y\";\n    b;\n", "    ", ""),
            "s = \"x \\\n    y\";\nb;\n");
}

TEST(Indentation, LaysTemplatesOut) {
  EXPECT_EQ(laidOut("a {\n\tb\n\n}\n", "  ", "\t", "\r\n"),
            "  a {\r\n  \tb\r\n\r\n  }\r\n");
  EXPECT_EQ(laidOut("a", "  ", "\t", "\n"), "  a");
}
