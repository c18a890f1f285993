//===-- LineCutsTest.cpp - whole lines that go ----------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/LineCuts.h"
#include <gtest/gtest.h>

using namespace ringfence;

namespace {

/// \p Text without the lines of each of \p Parts.
std::string without(std::string Text, std::vector<std::string> Parts,
                    std::vector<llvm::StringRef> Headings = {}) {
  SourceFile S("A.swift", Text);
  LineCuts Cuts(S);
  for (const std::string &Part : Parts) {
    auto At = static_cast<std::uint32_t>(Text.find(Part));
    EXPECT_TRUE(Cuts.addWithComments(
        {At, At + static_cast<std::uint32_t>(Part.size())}))
        << Part;
  }
  Cuts.cutHeadings(Headings);
  std::vector<Range> All = Cuts.ranges();
  for (auto R = All.rbegin(); R != All.rend(); ++R)
    Text.erase(R->Begin, R->size());
  return Text;
}

TEST(LineCuts, TakeTheCommentsAboveAndOneBlankLine) {
  EXPECT_EQ(without("a\n\n// Why.\nb\n\nc\n", {"b"}), "a\n\nc\n");
  EXPECT_EQ(without("a\n\n/* Why,\n   and how. */\nb;\nc\n", {"b"}),
            "a\n\nc\n");
}

TEST(LineCuts, LeaveNoBlankLineAtTheEdgeOfABlock) {
  EXPECT_EQ(without("{\n    a\n\n    b\n}\n", {"a"}), "{\n    b\n}\n");
  EXPECT_EQ(without("{\n    a\n\n    b\n}\n", {"b"}), "{\n    a\n}\n");
}

TEST(LineCuts, LeaveNoBlankLineAtTheEndOfTheFile) {
  EXPECT_EQ(without("a\n\nb\n", {"b"}), "a\n");
  EXPECT_EQ(without("a\n\nb", {"b"}), "a\n");
}

TEST(LineCuts, JoinAcrossBlankLines) {
  EXPECT_EQ(without("a\n\nb\n\nc\n\nd\n", {"b", "c"}), "a\n\nd\n");
}

TEST(LineCuts, TakeAHeadingThatNothingIsLeftUnder) {
  EXPECT_EQ(without("a\n\n// MARK: - PushKit\n\nb\n\n// MARK: - More\n\nc\n",
                    {"b"}, {"pushkit"}),
            "a\n\n// MARK: - More\n\nc\n");
  EXPECT_EQ(without("// MARK: PushKit\nb\nc\n", {"b"}, {"pushkit"}),
            "// MARK: PushKit\nc\n");
}

TEST(LineCuts, KnowPartsOfConditionals) {
  EXPECT_FALSE(cutsConditional("a\n#if A\nb\n#else\nc\n#endif\n"));
  EXPECT_TRUE(cutsConditional("a\n#endif\n"));
  EXPECT_TRUE(cutsConditional("#ifdef A\na\n"));
  EXPECT_TRUE(cutsConditional("a\n#else\nb\n"));
  EXPECT_TRUE(cutsConditional("a\n#endif\n# if B\n"));
}

TEST(LineCuts, RefuseALineThatOtherCodeStandsOn) {
  SourceFile S("A.swift", "a; b\n");
  LineCuts Cuts(S);
  EXPECT_FALSE(Cuts.add({0, 1}));
  EXPECT_FALSE(Cuts.add({3, 4}));
  EXPECT_TRUE(Cuts.empty());
}

} // namespace
