//===-- TextEditsTest.cpp - edits, their order and their overlaps --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/TextEdits.h"
#include "rewriters/edit/Merge.h"
#include "gtest/gtest.h"

using namespace ringfence;

namespace {
Edit at(std::uint32_t Offset, std::uint32_t Length, std::string Text,
        std::string File = "a.m") {
  return {std::move(File), Offset, Length, std::move(Text)};
}

std::string applied(llvm::StringRef Bytes, std::vector<Edit> Edits) {
  llvm::Expected<std::string> Out = applyEdits("a.m", Bytes, Edits);
  return Out ? *Out : "error: " + llvm::toString(Out.takeError());
}

FixSet set(std::vector<Edit> Edits) {
  FixSet S;
  S.Edits = std::move(Edits);
  return S;
}
} // namespace

TEST(TextEdits, AppliesInAnyOrder) {
  EXPECT_EQ(applied("0123456789", {at(8, 1, "H"), at(2, 2, ""), at(0, 0, ">")}),
            ">014567H9");
}

TEST(TextEdits, KeepsEveryOtherByte) {
  std::string Bytes("\xEF\xBB\xBF"
                    "a\r\nb\0\xFF\r",
                    10);
  std::string Want = Bytes;
  Want.insert(6, "x");
  EXPECT_EQ(applied(Bytes, {at(6, 0, "x")}), Want);
  EXPECT_EQ(applied(Bytes, {}), Bytes);
}

TEST(TextEdits, PassesOverOtherFiles) {
  EXPECT_EQ(applied("abc", {at(0, 3, "", "b.m")}), "abc");
}

TEST(TextEdits, IdenticalEditsAreOne) {
  EXPECT_EQ(applied("abc", {at(1, 0, "x"), at(1, 0, "y"), at(1, 0, "x")}),
            "axybc");
  EXPECT_EQ(applied("abc", {at(1, 1, "B"), at(1, 1, "B")}), "aBc");
}

TEST(TextEdits, InsertionsKeepTheirOrderAndPrecedeAReplacement) {
  EXPECT_EQ(applied("abc", {at(1, 1, "B"), at(1, 0, "2"), at(1, 0, "1"),
                            at(2, 0, "3")}),
            "a21B3c");
}

TEST(TextEdits, NamesBothOverlappingEdits) {
  EXPECT_EQ(applied("abcdef", {at(1, 3, "x"), at(3, 2, "y")}),
            "error: edits overlap: a.m:1+3 and a.m:3+2");
  EXPECT_EQ(applied("abcdef", {at(2, 0, "x"), at(1, 3, "y")}),
            "error: edits overlap: a.m:1+3 and a.m:2+0");
}

TEST(TextEdits, RefusesWhatLiesBehindTheEnd) {
  EXPECT_EQ(applied("abc", {at(2, 2, "x")}),
            "error: edit a.m:2+2 reaches behind the end of the file (3 bytes)");
  EXPECT_EQ(applied("abc", {at(0xFFFFFFFF, 0xFFFFFFFF, "x")}).substr(0, 6),
            "error:");
}

TEST(Merge, TakesSetsThatDoNotTouch) {
  Merged M = merge({set({at(0, 1, "x")}), set({at(1, 1, "y")})});
  EXPECT_EQ(M.Taken, (std::vector<unsigned>{0, 1}));
  EXPECT_TRUE(M.LeftOut.empty());
  EXPECT_EQ(M.Edits.size(), 2u);
}

TEST(Merge, CoalescesIdenticalEditsAndFiles) {
  FixSet A = set({at(4, 0, "helper\n"), at(9, 1, "a")});
  FixSet B = set({at(4, 0, "helper\n"), at(12, 1, "b")});
  A.NewFiles = B.NewFiles = {{"N.swift", "text"}};
  Merged M = merge({A, B});
  EXPECT_EQ(M.Taken.size(), 2u);
  EXPECT_EQ(M.Edits.size(), 3u);
  EXPECT_EQ(M.NewFiles.size(), 1u);
}

TEST(Merge, LeavesTheLaterSetOutWhole) {
  Merged M = merge({set({at(2, 4, "x")}), set({at(0, 1, "a"), at(4, 4, "y")}),
                    set({at(0, 1, "b")})});
  EXPECT_EQ(M.Taken, (std::vector<unsigned>{0, 2}));
  ASSERT_EQ(M.LeftOut.size(), 1u);
  EXPECT_EQ(M.LeftOut[0].Set, 1u);
  EXPECT_EQ(M.LeftOut[0].Before, 0u);
  EXPECT_EQ(M.LeftOut[0].Why,
            "both edit a.m at the same place (a.m:2+4 and a.m:4+4)");
  ASSERT_EQ(M.Edits.size(), 2u);
  EXPECT_EQ(M.Edits[0].Text, "b");
}

TEST(Merge, InsertionsAtOnePlaceOnlyAsWholeLines) {
  EXPECT_EQ(
      merge({set({at(3, 0, "a\n")}), set({at(3, 0, "b\n")})}).Taken.size(), 2u);
  EXPECT_EQ(merge({set({at(3, 0, " a")}), set({at(3, 0, "b\n")})}).Taken.size(),
            1u);
}

TEST(Merge, NewFilesOfOnePathMustAgree) {
  FixSet A, B;
  A.NewFiles = {{"N.swift", "one"}};
  B.NewFiles = {{"N.swift", "two"}};
  Merged M = merge({A, B});
  ASSERT_EQ(M.LeftOut.size(), 1u);
  EXPECT_EQ(M.LeftOut[0].Why, "both create N.swift with different text");
}

TEST(Merge, SetsComputedFromDifferentContentsDoNotMix) {
  FixSet A, B;
  A.Files = {{"a.m", contentHash("one")}};
  B.Files = {{"a.m", contentHash("two")}};
  EXPECT_EQ(merge({A, B}).LeftOut.size(), 1u);
}

TEST(FixSet, HashesWithSHA256) {
  EXPECT_EQ(contentHash("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(FixSet, IdIgnoresOffsets) {
  FixSet A = set({at(1, 0, "x")}), B = set({at(7, 0, "x")});
  A.Fix = B.Fix = "report-and-end";
  EXPECT_EQ(stableId(A, "S"), stableId(B, "S"));
  EXPECT_NE(stableId(A, "S"), stableId(A, "T"));
  B.Edits[0].Text = "y";
  EXPECT_NE(stableId(A, "S"), stableId(B, "S"));
}

TEST(FixSet, StepNamesGoBothWays) {
  for (MigrationStep S :
       {MigrationStep::Report, MigrationStep::Tokens, MigrationStep::Extension,
        MigrationStep::Move, MigrationStep::CleanUp})
    EXPECT_EQ(stepNamed(nameOf(S)), S);
  EXPECT_EQ(stepNamed("all"), std::nullopt);
}
