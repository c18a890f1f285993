//===-- OutlineTest.cpp - blanked text and braces -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Outline.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::swift;

TEST(SwiftOutline, StringsAndCommentsAreBlanked) {
  struct {
    const char *In, *Out;
  } Cases[] = {
      {"a // b\nc", "a     \nc"},
      {"a /* b /* c */ d */ e", "a                   e"},
      {"f(\"x{\") }", "f(    ) }"},
      {"\"a\\\"{\" b", "       b"},
      {"\"\\(g(\"}\", {1}))\" b", "                 b"},
      {"#\"a\" { \"# b", "          b"},
      {"##\"\\#(x)\"# {\"## b", "                b"},
      {"\"\"\"\n{ \" }\n\"\"\" b", "   \n     \n    b"},
      {"\"never closed {\nb", "               \nb"},
      {"/* never closed {", "                 "},
      {"\"\\(never {\nb", "          \nb"},
      {"#if X", "#if X"},
  };
  for (auto &C : Cases)
    EXPECT_EQ(codeOnly(C.In), C.Out) << C.In;
}

TEST(SwiftOutline, FunctionsAndTheirOwners) {
  std::string Text =
      "public class A: B {\n"
      "  @objc\n"
      "  private func f(x: () -> Void = { }) { if y { z {} } }\n"
      "  var v: Int { 1 }\n"
      "  enum E { case a; init(b: Int) {} }\n"
      "}\n"
      "extension Q.R where T: class { func g() { func l() {} } }\n"
      "func top() {}\n";
  Outline O = outlineOf(codeOnly(Text));
  std::string S;
  for (const Outline::FunctionPart &F : O.Functions)
    S += F.Owner + "." + F.Name + "\n";
  EXPECT_EQ(S, "A.f\nE.init\nR.g\n.top\n");
  EXPECT_TRUE(llvm::StringRef(Text)
                  .substr(O.Functions[0].Where.Begin)
                  .starts_with("@objc\n  private func f"));
}

TEST(SwiftOutline, LeavesBodiesOut) {
  std::string Text = "func a() { x }\n"
                     "func b() {\n  class C { func d() { y } }\n}\n"
                     "class E { func f(g: () -> Void = { 1 }) {} }\n";
  std::string Outside;
  for (Range R : outsideBodies(outlineOf(codeOnly(Text)), Text.size()))
    Outside += Text.substr(R.Begin, R.size());
  EXPECT_EQ(Outside, "func a() {}\n"
                     "func b() {\n  class C { func d() {} }\n}\n"
                     "class E { func f(g: () -> Void = { 1 }) {} }\n");
}

TEST(SwiftOutline, DirectivesByPlace) {
  std::string Text =
      "class A {\n#if X\nfunc f() {\n#if Y\n#endif\n}\n#endif\n}\n"
      "#if Z\n#endif\n";
  Outline O = outlineOf(codeOnly(Text));
  EXPECT_EQ(O.MemberDirectives.size(), 2u);
  EXPECT_EQ(O.StatementDirectives.size(), 2u);
}

TEST(SwiftOutline, UnbalancedBracesDoNoHarm) {
  EXPECT_TRUE(outlineOf("}}}} func f() {").Functions.empty());
  EXPECT_EQ(outlineOf("} ) ] func f() {}").Functions.size(), 1u);
}
