//===-- PositionsTest.cpp - byte offsets as editors count them -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/lsp/Positions.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::lsp;

namespace {

// é is two bytes and one unit, the telephone four bytes and two units.
const SourceFile Text("Push.swift",
                      "a\xC3\xA9\xF0\x9F\x93\x9Ez\r\nsecond\rthird");

TEST(Positions, CountBytesInUtf8) {
  Positions P(Text, Encoding::UTF8);
  EXPECT_EQ(P.at(7), Position(0, 7));
  EXPECT_EQ(P.offset({0, 7}), 7u);
}

TEST(Positions, CountCodeUnitsInUtf16) {
  Positions P(Text, Encoding::UTF16);
  EXPECT_EQ(P.at(1), Position(0, 1));
  EXPECT_EQ(P.at(3), Position(0, 2));
  EXPECT_EQ(P.at(7), Position(0, 4));
  EXPECT_EQ(P.at(8), Position(0, 5));
  EXPECT_EQ(P.offset({0, 2}), 3u);
  EXPECT_EQ(P.offset({0, 4}), 7u);
}

TEST(Positions, InsideAPairOfUnitsMeanTheWholeCharacter) {
  EXPECT_EQ(Positions(Text, Encoding::UTF16).offset({0, 3}), 7u);
}

TEST(Positions, PastALineAreItsEndAndPastTheTextItsEnd) {
  Positions P(Text, Encoding::UTF16);
  EXPECT_EQ(P.offset({0, 99}), 8u);
  EXPECT_EQ(P.offset({1, 99}), 16u);
  EXPECT_EQ(P.offset({9, 0}), 22u);
  EXPECT_EQ(P.at(99), Position(2, 5));
}

TEST(Positions, LinesEndAsEditorsHaveIt) {
  Positions P(Text, Encoding::UTF16);
  EXPECT_EQ(P.at(10), Position(1, 0));
  EXPECT_EQ(P.at(17), Position(2, 0));
}

TEST(Positions, DoNotCountAMarkThatEditorsHide) {
  SourceFile Marked("Push.swift", "\xEF\xBB\xBFlet a\nlet b");
  Positions OnDisk(Marked, Encoding::UTF8, /*OnDisk=*/true);
  EXPECT_EQ(OnDisk.at(3), Position(0, 0));
  EXPECT_EQ(OnDisk.at(0), Position(0, 0));
  EXPECT_EQ(OnDisk.offset({0, 4}), 7u);
  EXPECT_EQ(OnDisk.at(9), Position(1, 0));
  EXPECT_EQ(Positions(Marked, Encoding::UTF8).at(3), Position(0, 3));
}

} // namespace
