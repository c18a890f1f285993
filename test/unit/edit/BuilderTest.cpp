//===-- BuilderTest.cpp - placements in terms of the model --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/Builder.h"
#include "rewriters/edit/TextEdits.h"
#include "gtest/gtest.h"

using namespace ringfence;

namespace {
/// A file whose model is made by hand: ranges are found by their text.
struct Sample {
  File F;

  explicit Sample(std::string Text, std::string Path = "a.swift") {
    F.Source = std::make_shared<SourceFile>(std::move(Path), std::move(Text));
  }

  Range range(llvm::StringRef Text) const {
    size_t At = F.Source->bytes().find(Text);
    EXPECT_NE(At, llvm::StringRef::npos) << Text.str();
    return {static_cast<std::uint32_t>(At),
            static_cast<std::uint32_t>(At + Text.size())};
  }

  Step step(llvm::StringRef Text, llvm::StringRef WithComments = "") const {
    Step S;
    S.Where = range(Text);
    S.WithComments = WithComments.empty() ? S.Where : range(WithComments);
    return S;
  }

  Arm arm(Arm::Kind K, llvm::StringRef Text, std::vector<Step> Steps,
          llvm::StringRef When = "") const {
    Arm A;
    A.K = K;
    A.Where = range(Text);
    A.Inside = Text.starts_with("{") ? Range{A.Where.Begin + 1, A.Where.End - 1}
                                     : A.Where;
    if (!When.empty())
      A.When.Where = range(When);
    A.Steps = std::move(Steps);
    return A;
  }

  Step branch(llvm::StringRef Text, std::vector<Arm> Arms) const {
    Step S = step(Text);
    S.K = Step::Kind::Branch;
    S.Arms = std::move(Arms);
    return S;
  }

  std::string result(Builder &B) const {
    llvm::Expected<std::string> Out =
        applyEdits(F.Source->path(), F.Source->bytes(), B.take());
    return Out ? *Out : "error: " + llvm::toString(Out.takeError());
  }
};
} // namespace

TEST(Builder, InsertsBeforeAStepAndItsComments) {
  Sample S("f {\n    // why\n    a()\n    b()\n}\n");
  Builder B(S.F);
  EXPECT_TRUE(B.insertBefore(S.step("a()", "// why\n    a()"), "x()\n"));
  EXPECT_EQ(S.result(B), "f {\n    x()\n    // why\n    a()\n    b()\n}\n");
}

TEST(Builder, InsertsAfterAStepAndItsComment) {
  Sample S("f {\r\n\ta() // why\r\n\tb()\r\n}\r\n");
  Builder B(S.F);
  EXPECT_TRUE(B.insertAfter(S.step("a()", "a() // why"), "if y {\n\tx()\n}\n"));
  EXPECT_EQ(S.result(B), "f {\r\n\ta() // why\r\n\tif y {\r\n\t\tx()\r\n\t}\r\n"
                         "\tb()\r\n}\r\n");
}

TEST(Builder, StandsBesideADirectiveAsItsStatementsDo) {
  Sample S("f {\n#if X\n    a()\n#endif\n}\n");
  Arm A;
  A.K = Arm::Kind::Conditional;
  A.Steps = {S.step("a()")};
  Step If = S.step("#if X\n    a()\n#endif");
  If.K = Step::Kind::Configuration;
  If.Arms = {A};
  Builder Behind(S.F), Before(S.F);
  EXPECT_TRUE(Behind.insertAfter(If, "x()\n"));
  EXPECT_EQ(S.result(Behind), "f {\n#if X\n    a()\n#endif\n    x()\n}\n");
  EXPECT_TRUE(Before.insertBefore(If, "x()\n"));
  EXPECT_EQ(S.result(Before), "f {\n    x()\n#if X\n    a()\n#endif\n}\n");
}

TEST(Builder, RemovesAStepItsCommentsAndItsLine) {
  Sample S("f {\n    a()\n    // gone\n    b() // too\n    c()\n}\n");
  Builder B(S.F);
  EXPECT_TRUE(B.remove(S.step("b()", "// gone\n    b() // too")));
  EXPECT_EQ(S.result(B), "f {\n    a()\n    c()\n}\n");
}

TEST(Builder, CutTakesTheEditsInsideAlongAndLeavesThoseAtItsBorders) {
  Sample S("a\nclass C {\n    var x\n}\nb\n");
  Builder B(S.F);
  B.replace(S.range("    var x\n"), "");
  Range Class = S.range("class C {\n    var x\n}\n");
  B.insert(Class.Begin, "// before\n");
  B.cut(Class);
  EXPECT_EQ(S.result(B), "a\n// before\nb\n");
}

TEST(Builder, RemovesTheBlankLineThatSetTheStepOff) {
  Sample S("f {\n    a()\n\n    b();\n}\n");
  Builder B(S.F);
  EXPECT_TRUE(B.remove(S.step("b()")));
  EXPECT_EQ(S.result(B), "f {\n    a()\n}\n");
}

TEST(Builder, RemovesOneOfSeveralStepsOnALine) {
  Sample S("f { a(); b() }\n");
  Builder B(S.F);
  EXPECT_TRUE(B.remove(S.step("a()")));
  EXPECT_EQ(S.result(B), "f { b() }\n");
}

TEST(Builder, NeverEditsAMacro) {
  Sample S("f {\n    A\n}\n");
  Step Macro = S.step("A");
  Macro.InMacro = true;
  Builder B(S.F);
  EXPECT_FALSE(B.insertBefore(Macro, "x\n"));
  EXPECT_FALSE(B.insertAfter(Macro, "x\n"));
  EXPECT_FALSE(B.remove(Macro));
  EXPECT_TRUE(B.empty());
}

TEST(Builder, HeadOfAnArm) {
  Sample S("    if a {\n        // why\n        b()\n    }\n");
  Step Body = S.step("b()", "// why\n        b()");
  Arm A =
      S.arm(Arm::Kind::Then, "{\n        // why\n        b()\n    }", {Body});
  Step If = S.branch("if a {\n        // why\n        b()\n    }", {A});
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtHead(If, If.Arms[0], "x()\n"));
  EXPECT_EQ(S.result(B),
            "    if a {\n        x()\n        // why\n        b()\n    }\n");
}

TEST(Builder, ACommentOnTheBraceLineStays) {
  Sample S("if a { // why\n    b()\n}\n");
  Step Body = S.step("b()", "// why\n    b()");
  Step If = S.branch("if a { // why\n    b()\n}",
                     {S.arm(Arm::Kind::Then, "{ // why\n    b()\n}", {Body})});
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtHead(If, If.Arms[0], "x()\n"));
  EXPECT_EQ(S.result(B), "if a { // why\n    x()\n    b()\n}\n");
}

TEST(Builder, SpreadsAnArmOnOneLine) {
  Sample S("f {\n    guard let a = b else { c(); return }\n    d {\n        e\n"
           "    }\n}\n");
  Step Guard = S.branch("guard let a = b else { c(); return }",
                        {S.arm(Arm::Kind::Then, "{ c(); return }",
                               {S.step("c()"), S.step("return")})});
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtHead(Guard, Guard.Arms[0], "x()\n"));
  EXPECT_TRUE(B.remove(Guard.Arms[0].Steps[0]));
  EXPECT_EQ(S.result(B),
            "f {\n    guard let a = b else {\n        x()\n"
            "        return\n    }\n    d {\n        e\n    }\n}\n");
}

TEST(Builder, FillsAnEmptyArm) {
  Sample S("if a {}\n");
  Step If = S.branch("if a {}", {S.arm(Arm::Kind::Then, "{}", {})});
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtHead(If, If.Arms[0], "x()\n"));
  EXPECT_EQ(S.result(B), "if a {\n    x()\n}\n");
}

TEST(Builder, GivesBracesToAnArmWithoutThem) {
  Sample S("    if (!(a))\n        return;\n    b();\n", "a.m");
  Step If = S.branch(
      "if (!(a))\n        return;",
      {S.arm(Arm::Kind::Then, "return;", {S.step("return;")}, "!(a)")});
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtHead(If, If.Arms[0], "x();\n"));
  EXPECT_EQ(
      S.result(B),
      "    if (!(a)) {\n        x();\n        return;\n    }\n    b();\n");
}

TEST(Builder, BracesAnUnbracedElseBehindAComment) {
  Sample S("    if (a)\n        b();\n    else // no call\n        c();\n",
           "a.m");
  Step If = S.branch("if (a)\n        b();\n    else // no call\n        c();",
                     {S.arm(Arm::Kind::Then, "b();", {S.step("b();")}, "a"),
                      S.arm(Arm::Kind::Else, "c();", {S.step("c();")})});
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtHead(If, If.Arms[1], "x();\n"));
  EXPECT_EQ(S.result(B), "    if (a)\n        b();\n    else { // no call\n"
                         "        x();\n        c();\n    }\n");
}

TEST(Builder, AddsAnElse) {
  Sample S("    if a {\n        b()\n    } // end\n    c()\n");
  Step If = S.branch(
      "if a {\n        b()\n    }",
      {S.arm(Arm::Kind::Then, "{\n        b()\n    }", {S.step("b()")})});
  Builder B(S.F);
  EXPECT_TRUE(B.addElse(If, "x()\n"));
  EXPECT_EQ(S.result(B), "    if a {\n        b()\n    } else {\n        x()\n"
                         "    } // end\n    c()\n");
}

TEST(Builder, AddsAnElseInTheFilesBraces) {
  Sample S("    if (a)\n    {\n        b();\n    }\n", "a.m");
  Step If = S.branch("if (a)\n    {\n        b();\n    }",
                     {S.arm(Arm::Kind::Then, "{\n        b();\n    }",
                            {S.step("b();")}, "a")});
  Function F;
  F.Steps = {If};
  S.F.Functions = {F};
  Builder B(S.F);
  EXPECT_TRUE(B.addElse(If, "x();\n"));
  EXPECT_EQ(S.result(B), "    if (a)\n    {\n        b();\n    }\n    else\n"
                         "    {\n        x();\n    }\n");
}

TEST(Builder, AddsAnElseToAnUnbracedIf) {
  Sample S("    if (a) b();\n", "a.m");
  Step If = S.branch("if (a) b();",
                     {S.arm(Arm::Kind::Then, "b();", {S.step("b();")}, "a")});
  Builder B(S.F);
  EXPECT_TRUE(B.addElse(If, "x();\n"));
  EXPECT_EQ(S.result(B),
            "    if (a) {\n        b();\n    } else {\n        x();\n    }\n");
}

TEST(Builder, CasesKeepTheirLabels) {
  Sample S("switch a {\ncase .b: return\ncase .c: // why\n    d()\n}\n");
  Arm One = S.arm(Arm::Kind::Case, " return", {S.step("return")});
  Arm Two = S.arm(Arm::Kind::Case, " // why\n    d()",
                  {S.step("d()", "// why\n    d()")});
  Step Switch = S.branch(
      "switch a {\ncase .b: return\ncase .c: // why\n    d()\n}", {One, Two});
  Switch.Branch = Step::BranchKind::Switch;
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtHead(Switch, Switch.Arms[0], "x()\n"));
  EXPECT_TRUE(B.insertAtHead(Switch, Switch.Arms[1], "y()\n"));
  EXPECT_EQ(S.result(B), "switch a {\ncase .b:\n    x()\n    return\n"
                         "case .c: // why\n    y()\n    d()\n}\n");
}

TEST(Builder, AddsADefault) {
  Sample S("    switch (a) {\n        case 1:\n            b();\n"
           "            break;\n    }\n",
           "a.m");
  Step Switch =
      S.branch("switch (a) {\n        case 1:\n            b();\n"
               "            break;\n    }",
               {S.arm(Arm::Kind::Case, "\n            b();\n            break;",
                      {S.step("b();"), S.step("break;")})});
  Switch.Branch = Step::BranchKind::Switch;
  Builder B(S.F);
  EXPECT_TRUE(B.addElse(Switch, "x();\n"));
  EXPECT_EQ(S.result(B), "    switch (a) {\n        case 1:\n            b();\n"
                         "            break;\n        default:\n"
                         "            x();\n            break;\n    }\n");
}

TEST(Builder, HeadAndEndOfAFunction) {
  Sample S("    func f() { a() }\n    func g() {\n        b() // why\n    }\n");
  Function F, G;
  F.Where = S.range("func f() { a() }");
  F.Body = S.range("{ a() }");
  F.Steps = {S.step("a()")};
  G.Where = S.range("func g() {\n        b() // why\n    }");
  G.Body = S.range("{\n        b() // why\n    }");
  G.Steps = {S.step("b()", "b() // why")};
  Builder B(S.F);
  EXPECT_TRUE(B.insertAtEnd(F, "x()\n"));
  EXPECT_TRUE(B.insertAtHead(G, "y()\n"));
  EXPECT_TRUE(B.insertAtEnd(G, "z()\n"));
  EXPECT_EQ(S.result(B), "    func f() {\n        a()\n        x()\n    }\n"
                         "    func g() {\n        y()\n        b() // why\n"
                         "        z()\n    }\n");
}

TEST(Builder, MembersGoToTheEndOfTheType) {
  Sample S("class A {\n    var b = 1\n}\n");
  Type T;
  T.Where = S.range("class A {\n    var b = 1\n}");
  T.Inside = S.range("\n    var b = 1\n");
  Builder B(S.F);
  B.insertMember(T, "func c() {\n\td()\n}\n");
  EXPECT_EQ(S.result(B), "class A {\n    var b = 1\n\n    func c() {\n"
                         "        d()\n    }\n}\n");
}

TEST(Builder, MembersKeepTheBlankLineBeforeEnd) {
  Sample S("@implementation A\n\n- (void)b {\n}\n\n@end\n", "a.m");
  Type T;
  T.Where = S.range("@implementation A\n\n- (void)b {\n}\n\n@end");
  T.Inside = S.range("\n\n- (void)b {\n}\n\n");
  Builder B(S.F);
  B.insertMember(T, "- (void)c {\n}\n");
  EXPECT_EQ(S.result(B), "@implementation A\n\n- (void)b {\n}\n\n- (void)c {\n"
                         "}\n\n@end\n");
}

TEST(Builder, ImportsOnceAndInTheFilesWay) {
  Sample Swift("import UIKit\n");
  Swift.F.Imports = {"UIKit"};
  Swift.F.ImportInsertion = 13;
  Builder A(Swift.F);
  A.importModule("UIKit");
  A.importModule("CallKit");
  A.importModule("CallKit");
  EXPECT_EQ(Swift.result(A), "import UIKit\nimport CallKit\n");

  Sample ObjC("\xEF\xBB\xBF#import \"A.h\"\r\n", "a.m");
  ObjC.F.Imports = {"A.h"};
  Builder B(ObjC.F);
  B.importModule("CallKit");
  EXPECT_EQ(ObjC.result(B), "\xEF\xBB\xBF#import <CallKit/CallKit.h>\r\n"
                            "#import \"A.h\"\r\n");
}

TEST(Builder, NamesTheContentOfItsFile) {
  Sample S("a\n");
  Builder B(S.F);
  B.insert(0, "b\n");
  FixSet Set;
  B.addTo(Set);
  EXPECT_EQ(Set.Files.at("a.swift"), contentHash("a\n"));
  EXPECT_EQ(Set.Edits, (std::vector<Edit>{{"a.swift", 0, 0, "b\n"}}));
}
