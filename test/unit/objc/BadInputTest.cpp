//===-- BadInputTest.cpp - sources that no compiler would take -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reading.h"
#include "gtest/gtest.h"

using namespace ringfence;

namespace {

const std::string Handler =
    "- (void)pushRegistry:(PKPushRegistry *)r "
    "didReceiveIncomingPushWithPayload:(PKPushPayload *)p "
    "forType:(PKPushType)t withCompletionHandler:(void (^)(void))done {\n"
    "  [self wake:p];\n  done();\n}\n";

TEST(BadInput, EmptyFile) {
  File F = readText("");
  EXPECT_TRUE(F.Functions.empty());
  EXPECT_TRUE(F.Problems.empty());
}

TEST(BadInput, MissingEnd) {
  File F = readText("@implementation A\n" + Handler);
  ASSERT_EQ(F.Handlers.size(), 1u);
  EXPECT_EQ(F.Functions[0].Steps.size(), 2u);
  EXPECT_FALSE(F.Problems.empty());
}

TEST(BadInput, MissingBraceBeforeTheHandlerIsSaid) {
  File F = readText("@implementation A\n- (void)x {\n  if (a) {\n}\n" +
                    Handler + "@end\n");
  EXPECT_FALSE(F.Problems.empty());
}

TEST(BadInput, HalfWrittenHandler) {
  std::string Half = "@implementation A\n" + Handler;
  for (std::size_t Size = 0; Size < Half.size(); Size += 7)
    readText(Half.substr(0, Size));
}

TEST(BadInput, BrokenStatementKeepsItsNeighbours) {
  File F = readText("@implementation A\n- (void)x {\n  [self first];\n"
                    "  [self second:;\n  [self third];\n}\n@end\n");
  ASSERT_EQ(F.Functions.size(), 1u);
  std::string All = dump(F.Functions[0]);
  EXPECT_NE(All.find("first()"), std::string::npos) << All;
  EXPECT_NE(All.find("third()"), std::string::npos) << All;
  EXPECT_TRUE(F.Functions[0].HasErrors);
}

TEST(BadInput, LostStatementsKeepTheirCalls) {
  // Clang drops a declaration of a type in an unknown namespace.
  File F =
      readText("@implementation A\n- (void)x {\n"
               "  lib::Text t = [self name:first(2) of:@\"b\"];\n}\n@end\n",
               "Source.mm");
  ASSERT_EQ(F.Functions.size(), 1u);
  std::string All = dump(F.Functions[0]);
  EXPECT_EQ(
      All.substr(All.find('\n') + 1),
      "  opaque\n"
      "    #0 function first()\n"
      "    #1 method name:of:(name: ?first(2), of: @\"b\") on self self\n");
}

TEST(BadInput, NulBytes) {
  std::string Text = "@implementation A\n" + Handler + "@end\n";
  Text.insert(Text.find("[self"), 3, '\0');
  File F = readText(Text);
  ASSERT_EQ(F.Handlers.size(), 1u);
  EXPECT_EQ(F.Functions[0].Steps.size(), 2u);
}

TEST(BadInput, InvalidUtf8) {
  File F = readText("// \xC3\x28 \xFF\n@implementation A\n- (void)x {\n"
                    "  NSLog(@\"\xFF\xFE\");\n}\n" +
                    Handler + "@end\n");
  ASSERT_EQ(F.Handlers.size(), 1u);
  EXPECT_EQ(F.Functions[0].Steps.size(), 1u);
}

TEST(BadInput, Utf16IsRefusedInWords) {
  File F = readText(std::string("\xFF\xFE@\0i\0", 6));
  ASSERT_EQ(F.Problems.size(), 1u);
  EXPECT_TRUE(F.Problems[0].Fatal);
}

TEST(BadInput, ByteOrderMarkAndCRLF) {
  std::string Text = "\xEF\xBB\xBF#import <PushKit/PushKit.h>\r\n"
                     "@implementation A\r\n- (void)x {\r\n"
                     "  // why\r\n  [self y];\r\n}\r\n@end\r\n";
  File F = readText(Text);
  ASSERT_EQ(F.Functions.size(), 1u);
  const Step &S = F.Functions[0].Steps.at(0);
  EXPECT_EQ(F.Source->text(S.Where), "[self y];");
  EXPECT_EQ(F.Source->text(S.WithComments), "// why\r\n  [self y];");
  EXPECT_EQ(F.Source->line(F.ImportInsertion), 2u);
  EXPECT_EQ(F.Imports, std::vector<std::string>{"PushKit"});
}

TEST(BadInput, DeepNestingIsNoCrash) {
  std::string Deep(5000, '(');
  readText("@implementation A\n- (void)x { y(" + Deep + "1" +
           std::string(5000, ')') + "); }\n@end\n");
  std::string Braces(5000, '{');
  readText("@implementation A\n- (void)x " + Braces);
  std::string Sends;
  for (int I = 0; I < 5000; ++I)
    Sends += "[";
  readText("@implementation A\n- (void)x { " + Sends);
}

TEST(BadInput, UnknownBoundOfAnArray) {
  for (const char *Path : {"Source.m", "Source.mm"}) {
    File F =
        readText("typedef struct { int all[LIMIT]; char b[2 * SIZE]; } Box;"
                 "\nBox box;\n@implementation A\n- (void)x { [self y]; }\n"
                 "@end\n",
                 Path);
    EXPECT_TRUE(F.Problems.empty());
    EXPECT_EQ(F.Functions.size(), 1u);
  }
}

TEST(BadInput, LongElseIfChain) {
  std::string Chain = "if (a == 0) { [self f]; }";
  for (int I = 1; I < 400; ++I)
    Chain += " else if (a == " + std::to_string(I) + ") { [self f]; }";
  EXPECT_NE(steps(Chain).find("#0 method f()"), std::string::npos);
}

TEST(BadInput, BinaryBytes) {
  std::string Text;
  unsigned Seed = 7;
  for (int I = 0; I < 20000; ++I) {
    Seed = Seed * 1103515245 + 12345;
    Text += static_cast<char>(Seed >> 16);
  }
  readText(Text);
  readText(Text, "Source.mm");
}

} // namespace
