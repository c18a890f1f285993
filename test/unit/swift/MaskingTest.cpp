//===-- MaskingTest.cpp - Swift that the grammar does not know -*- C++ -*-===//
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

/// Symbols of the functions, and the problems.
static std::string readsAs(llvm::StringRef Text) {
  File F = readText(Text);
  std::string S;
  for (const Function &Fn : F.Functions)
    S += Fn.Symbol + (Fn.HasErrors ? " torn\n" : "\n");
  for (const Problem &P : F.Problems)
    S += std::to_string(P.Line) + ": " + P.Message + "\n";
  return S;
}

TEST(SwiftMasking, ConfigurationAmongMembers) {
  EXPECT_EQ(readsAs("class A {\n"
                    "  #if targetEnvironment(simulator)\n"
                    "  let x = 1\n"
                    "  #else\n"
                    "  let x = 2\n"
                    "  #endif\n"
                    "  func f() {}\n"
                    "  #if DEBUG\n"
                    "  /// Doc.\n"
                    "  func g() {\n"
                    "    #if X\n    a()\n    #endif\n"
                    "  }\n"
                    "  #endif\n"
                    "  func h() {}\n"
                    "}\n"),
            "A.f()\nA.g()\nA.h()\n");
}

TEST(SwiftMasking, ConfigurationAmongCases) {
  File F = readText("func f() { switch x {\n case .a: b()\n #if Y\n"
                    " case .c: d()\n #endif\n default: e() } }\n");
  ASSERT_EQ(F.Functions.size(), 1u);
  EXPECT_EQ(F.Functions[0].Steps[0].Arms.size(), 3u);
  EXPECT_FALSE(F.Functions[0].HasErrors);
}

TEST(SwiftMasking, EachConstructReadsClean) {
  for (llvm::StringRef Member : {
           "func f() { g(.success(())) ; return () }",
           "func f() { if await a() { b() } }",
           "func f() async { while try await s.next() { b() } }",
           "func f() { View { a() }\n    footer: { b() } }",
           "nonisolated(unsafe) var x = 1\nfunc f() {}",
           "func f(i: isolated (any Actor)? = #isolation) {}",
           "func f() { g(<#T##id: UUID#>) }",
           "isolated deinit { a() }\nfunc f() {}",
           "func f() throws(MyError) { a() }",
           "@_spi(Inner) func f() {}",
           "func f() { do { try a() } catch E.a, E.b { b() } }",
           "func f(x: sending Box) {}",
           "indirect enum E { case a(E) }\nfunc f() {}",
           "let a = 1;\nfunc f() {};\n",
           "func f() { a();; b() }",
       }) {
    File F = readText("class A {\n" + Member.str() + "\n}\n");
    EXPECT_TRUE(F.Problems.empty())
        << Member.str() << ": " << F.Problems.front().Message;
    EXPECT_FALSE(F.Functions.empty()) << Member.str();
  }
}

TEST(SwiftMasking, TextsComeFromTheFile) {
  File F = readText("func f() { g(<#T##id: UUID#>, .success(())) }\n");
  const Call &C = F.Functions.front().Steps.front().Calls.back();
  ASSERT_EQ(C.Arguments.size(), 2u);
  EXPECT_EQ(C.Arguments[0].V.Text, "<#T##id: UUID#>");
  EXPECT_EQ(C.Arguments[1].V.Text, ".success(())");
}

TEST(SwiftMasking, StringsAndCommentsAreLeftAlone) {
  File F =
      readText("func f() {\n  log(\"nonisolated(unsafe) (()) ;\") // <#x#>\n"
               "  if await a() { }\n}\n");
  EXPECT_TRUE(F.Problems.empty());
  EXPECT_EQ(F.Functions[0].Steps[0].Calls[0].Arguments[0].V.Text,
            "\"nonisolated(unsafe) (()) ;\"");
}

TEST(SwiftMasking, TornFileKeepsItsOtherFunctions) {
  // Something no mask knows, in the middle of a class.
  EXPECT_EQ(readsAs("class A: D {\n"
                    "  func f() { a() }\n"
                    "  @@@ nonsense ((( { \n }\n"
                    "  func g() { b() }\n"
                    "}\n"
                    "extension A { func h() {} }\n"),
            "A.f()\nA.g()\nA.h()\n"
            "3: syntax that was not understood; declarations near it may be "
            "missing\n");
}
