//===-- NameIndexTest.cpp - definitions found without Clang -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Reader.h"
#include "gtest/gtest.h"

using namespace ringfence;

namespace {

std::vector<std::string> names(llvm::StringRef Text) {
  std::vector<std::string> All;
  for (const objc::IndexedName &N : objc::indexNames(Text))
    All.push_back((N.Owner.empty() ? N.Name : N.Owner + " " + N.Name) + "@" +
                  std::to_string(N.Offset));
  return All;
}

TEST(NameIndex, MethodsHaveTheirOwner) {
  EXPECT_EQ(names("@implementation Box\n"
                  "- (void)open { }\n"
                  "+ (id)boxWith:(id)a and:(int)b { return a; }\n"
                  "@end\n"),
            (std::vector<std::string>{"Box open@20", "Box boxWith:and:@37"}));
}

TEST(NameIndex, FunctionsHaveNone) {
  EXPECT_EQ(names("static int add(int a, int b) { return a + b; }\n"
                  "char *name(void) { return 0; }\n"
                  "int declared(void);\n"),
            (std::vector<std::string>{"add@0", "name@47"}));
}

TEST(NameIndex, CategoriesBelongToTheirClass) {
  EXPECT_EQ(names("@implementation Box (Lid)\n- (void)shut {}\n@end\n"),
            (std::vector<std::string>{"Box shut@26"}));
}

TEST(NameIndex, SurvivesAnything) {
  EXPECT_TRUE(names("").empty());
  EXPECT_TRUE(names(llvm::StringRef("\0\0\xFF\xFE{", 5)).empty());
  names("@implementation A - (void)x { [[[[ @end");
}

} // namespace
