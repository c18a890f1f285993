//===-- InsteadOfTest.cpp - new files that take another's place -----------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/Merge.h"
#include <gtest/gtest.h>

using namespace ringfence;

namespace {

FixSet creating(NewFile N) {
  FixSet S;
  S.NewFiles.push_back(std::move(N));
  return S;
}

TEST(InsteadOf, TheLaterFileTakesTheSkeletonsPlace) {
  Merged M = merge({creating({"A.swift", "skeleton"}),
                    creating({"A.swift", "filled", "skeleton"})});
  EXPECT_EQ(M.Taken, (std::vector<unsigned>{0, 1}));
  ASSERT_EQ(M.NewFiles.size(), 1u);
  EXPECT_EQ(M.NewFiles.front().Text, "filled");
}

TEST(InsteadOf, NoOtherTextIsReplaced) {
  Merged M = merge({creating({"A.swift", "something else"}),
                    creating({"A.swift", "filled", "skeleton"})});
  EXPECT_EQ(M.Taken, std::vector<unsigned>{0});
  ASSERT_EQ(M.LeftOut.size(), 1u);
  EXPECT_EQ(M.NewFiles.front().Text, "something else");
}

} // namespace
