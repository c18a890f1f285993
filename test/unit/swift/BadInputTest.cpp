//===-- BadInputTest.cpp - no input breaks the reader -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reading.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::swift;

static const char Delegate[] =
    "import PushKit\n"
    "class D: PKPushRegistryDelegate {\n"
    "  func pushRegistry(_ r: PKPushRegistry, didReceiveIncomingPushWith p: "
    "PKPushPayload, for t: PKPushType, completion: @escaping () -> Void) {\n"
    "    guard t == .voIP, let id = p.dictionaryPayload[\"id\"] as? String "
    "else { completion(); return }\n"
    "    provider.reportNewIncomingCall(with: id, update: u) { [weak self] _ "
    "in\n"
    "      self?.log(\"a \\(id)\")\n"
    "      completion()\n"
    "    }\n"
    "  }\n"
    "}\n";

TEST(SwiftBadInput, HandlerTypedKeyByKey) {
  llvm::StringRef Whole(Delegate);
  for (std::size_t Size = 0; Size <= Whole.size(); ++Size) {
    File F = readText(Whole.take_front(Size));
    for (const Function &Fn : F.Functions)
      EXPECT_LE(Fn.Where.End, Size);
  }
  EXPECT_EQ(readText(Whole).Handlers.size(), 1u);
  EXPECT_TRUE(readText(Whole).Problems.empty());
}

TEST(SwiftBadInput, HandlerWithAnyByteMissing) {
  llvm::StringRef Whole(Delegate);
  for (std::size_t At = 0; At < Whole.size(); ++At) {
    std::string Text = Whole.take_front(At).str() + Whole.substr(At + 1).str();
    File F = readText(Text);
    for (const Function &Fn : F.Functions)
      EXPECT_LE(Fn.Where.End, Text.size());
  }
}

TEST(SwiftBadInput, UnbalancedBracesKeepTheHandler) {
  EXPECT_EQ(
      readText(std::string(Delegate) + "}}}\nfunc g() {\n").Handlers.size(),
      1u);
  EXPECT_EQ(readText("func g() {\n" + std::string(Delegate)).Functions.empty(),
            false);
}

TEST(SwiftBadInput, ByteOrderMarkAndLineEnds) {
  std::string CRLF;
  for (char C : llvm::StringRef(Delegate))
    CRLF += C == '\n' ? std::string("\r\n") : std::string(1, C);
  File F = readText("\xEF\xBB\xBF" + CRLF);
  ASSERT_EQ(F.Handlers.size(), 1u);
  EXPECT_TRUE(F.Problems.empty());
  const Function &Fn = F.Functions[F.Handlers[0].FunctionIndex];
  EXPECT_EQ(F.Source->line(Fn.Where.Begin), 3u);
  EXPECT_EQ(F.Imports, std::vector<std::string>{"PushKit"});
}

TEST(SwiftBadInput, NulAndInvalidUtf8) {
  std::string Text = Delegate;
  Text.insert(Text.find("  func"), std::string("  // \0 nul \xFF\xFE\n", 14));
  Text += std::string("let s = \"\0\"\n", 12);
  File F = readText(Text);
  ASSERT_EQ(F.Handlers.size(), 1u);
  const Function &Fn = F.Functions[F.Handlers[0].FunctionIndex];
  EXPECT_TRUE(F.Source->text(Fn.Where).starts_with("func pushRegistry"));
}

TEST(SwiftBadInput, EmptyAndBlankFiles) {
  for (llvm::StringRef Text : {"", "\n", "\xEF\xBB\xBF", "//", "\"", "{", "}"})
    EXPECT_TRUE(readText(Text).Functions.empty());
  EXPECT_TRUE(readText(llvm::StringRef("\0", 1)).Functions.empty());
}

TEST(SwiftBadInput, DeepNestingIsCutOffAndSaid) {
  for (llvm::StringRef Piece : {"(", "[", "{ a(", "if x {", "a.b(", "!"}) {
    std::string Text = "func f() {\n";
    for (int I = 0; I != 3000; ++I)
      Text += Piece;
    File F = readText(Text + "\n}\n");
    (void)F;
  }
  std::string Text = "func f() {\n";
  for (int I = 0; I != 1000; ++I)
    Text += "if x {\n";
  Text += "a()\n" + std::string(1001, '}') + "\n";
  File F = readText(Text);
  ASSERT_EQ(F.Functions.size(), 1u);
  ASSERT_EQ(F.Problems.size(), 1u);
  EXPECT_NE(F.Problems[0].Message.find("nested too deeply"), std::string::npos);
}

TEST(SwiftBadInput, LongChains) {
  std::string Sum = "func f() { let x = 1", Calls = "func f() { a";
  for (int I = 0; I != 20000; ++I)
    Sum += " + y";
  for (int I = 0; I != 3000; ++I)
    Calls += ".b()";
  EXPECT_EQ(readText(Sum + " }\n").Functions.size(), 1u);
  EXPECT_EQ(readText(Calls + " }\n").Functions.size(), 1u);
}

TEST(SwiftBadInput, OneLongLine) {
  std::string Clean = "class A { ", Junk = "class A { func f() { ";
  while (Clean.size() < 200'000)
    Clean += "func f(x: Int) { if x == 1 { g(x) } }; ";
  while (Junk.size() < 200'000)
    Junk += "((} @ # \" if await { ";
  EXPECT_GT(readText(Clean + "}").Functions.size(), 4'000u);
  File F = readText(Junk);
  EXPECT_FALSE(F.Problems.empty());
}
