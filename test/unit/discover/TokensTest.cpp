//===-- TokensTest.cpp - the token scan -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/Tokens.h"
#include <gtest/gtest.h>

using namespace ringfence;

TEST(Tokens, FindsEachTokenAtEveryOffset) {
  for (unsigned I = 0; I != NumTokens; ++I) {
    Token T = static_cast<Token>(I);
    for (std::size_t Before = 0; Before != 200; ++Before)
      for (std::size_t After : {0, 1, 13, 14, 15, 63, 64, 65, 200}) {
        std::string Bytes = std::string(Before, 'x') + spelling(T).str() +
                            std::string(After, 'y');
        TokenSet Found = scanTokens(Bytes);
        EXPECT_TRUE(Found.has(T)) << spelling(T).str() << " at " << Before
                                  << ", " << After << " bytes behind it";
        EXPECT_EQ(Found.Bits, 1u << I) << "and nothing else";
      }
  }
}

TEST(Tokens, FindsNothingInTextThatOnlyLooksLikeIt) {
  EXPECT_TRUE(scanTokens("").empty());
  EXPECT_TRUE(scanTokens("x").empty());
  EXPECT_TRUE(scanTokens("didReceiveIncomin").empty());
  EXPECT_TRUE(scanTokens("PKPushRegistr CXProvide managedPus").empty());
  std::string Near;
  for (int I = 0; I != 50; ++I)
    Near += "didReceiveOutcoming IncomIng UNNotifications BG Task KP XP ";
  EXPECT_TRUE(scanTokens(Near).empty());
}

TEST(Tokens, TakesNulForAByteLikeAnyOther) {
  std::string Bytes(300, '\0');
  Bytes += "CXProvider";
  Bytes += std::string(300, '\0');
  EXPECT_TRUE(scanTokens(Bytes).has(Token::CXProvider));
}

TEST(Tokens, KnowsItsSpellings) {
  EXPECT_EQ(tokenSpelled("PKPushRegistry"), Token::PKPushRegistry);
  EXPECT_EQ(tokenSpelled("PKPush"), std::nullopt);
}
