//===-- DiffTest.cpp - diffs in git's form -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Diff.h"
#include "tool/output/Pages.h"
#include <gtest/gtest.h>

using namespace ringfence;

static std::string diffOf(const char *Path, std::optional<std::string> Before,
                          std::string After) {
  auto D = fileDiff(Path, {std::move(Before), std::move(After)});
  return D ? *D : llvm::toString(D.takeError());
}

static bool contains(const std::string &Text, llvm::StringRef Part) {
  return llvm::StringRef(Text).contains(Part);
}

TEST(Diff, ShowsAChange) {
  std::string D = diffOf("a b.swift", "1\n2\n3\n", "1\nx\n3\n");
  EXPECT_TRUE(contains(D, "--- a/a b.swift")) << D;
  EXPECT_TRUE(contains(D, "@@ -1,3 +1,3 @@\n 1\n-2\n+x\n 3\n")) << D;
}

TEST(Diff, ShowsANewFile) {
  std::string D = diffOf("n.swift", std::nullopt, "1\n");
  EXPECT_TRUE(contains(D, "new file mode 100644")) << D;
  EXPECT_TRUE(contains(D, "--- /dev/null\n+++ b/n.swift\n@@ -0,0 +1 @@\n+1\n"))
      << D;
}

TEST(Diff, KeepsBytesThatAreNoText) {
  std::string D = diffOf("a.m", std::string("\0\xff\r\nend", 7),
                         std::string("\0\xff\r\nnew", 7));
  EXPECT_TRUE(contains(D, llvm::StringRef(" \0\xff\r\n-end\n", 10))) << D;
  EXPECT_TRUE(contains(D, "\\ No newline at end of file")) << D;
  EXPECT_FALSE(contains(D, "Binary")) << D;
}

TEST(Pages, KnowTheirNames) {
  ASSERT_FALSE(pageNames().empty());
  for (const std::string &Name : pageNames()) {
    EXPECT_TRUE(pageOf(Name)) << Name;
    EXPECT_EQ(pageOf(Name), pageOf("ringfence-" + Name));
  }
  EXPECT_FALSE(pageOf("nothing"));
  EXPECT_FALSE(pageOf(""));
}

TEST(Pages, ShowCodeIndentedAndPlainText) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  printPage(OS,
            "# title\n\nA **b** c.\n\n```swift before\nlet x = 1\n```\nEnd");
  EXPECT_EQ(Text, "title\n\nA **b** c.\n\n    [before]\n    let x = 1\nEnd\n");
}
