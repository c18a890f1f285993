//===-- ConfigurationTest.cpp - configuration and suppressions -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Configuration.h"
#include "test/unit/Scratch.h"
#include "tool/pipeline/Project.h"
#include "tool/pipeline/Round.h"
#include "tool/pipeline/Suppressions.h"

using namespace ringfence;

static std::string errorOf(llvm::StringRef Yaml) {
  auto C = parseConfiguration(Yaml, "x.yaml");
  return C ? "" : llvm::toString(C.takeError());
}

TEST(Configuration, ReadsEveryKey) {
  auto C = parseConfiguration("checks: '*,-ringfence-late-report'\n"
                              "exclude:\n  - Legacy/**\n  - '*.g.swift'\n"
                              "effects:\n"
                              "  - swift: A.b(_:)\n"
                              "    effect: log\n"
                              "reporters: [ring, '-[A b:]']\n"
                              "app-group: group.x\n"
                              "task-identifier-prefix: com.x\n"
                              "deployment-target: '15.0'\n",
                              "x.yaml");
  ASSERT_TRUE(bool(C)) << llvm::toString(C.takeError());
  EXPECT_EQ(C->Checks, "*,-ringfence-late-report");
  EXPECT_EQ(C->Exclude, (std::vector<std::string>{"Legacy/**", "*.g.swift"}));
  EXPECT_EQ(C->Reporters, (std::vector<std::string>{"ring", "-[A b:]"}));
  EXPECT_EQ(C->EffectRows, "  - swift: A.b(_:)\n    effect: log\n");
  EXPECT_EQ(C->Fixes.AppGroup, "group.x");
  EXPECT_EQ(C->Fixes.TaskIdentifierPrefix, "com.x");
  EXPECT_EQ(C->Fixes.DeploymentTarget, "15.0");
}

TEST(Configuration, TakesEmptyFiles) {
  EXPECT_EQ(errorOf(""), "");
  EXPECT_EQ(errorOf("# nothing yet\n"), "");
}

TEST(Configuration, ShowsWhereAnErrorStands) {
  std::string E = errorOf("checks: '*'\nexlude: [a]\n");
  EXPECT_NE(E.find("x.yaml:2:1"), std::string::npos) << E;
  EXPECT_NE(E.find("unknown key 'exlude'"), std::string::npos) << E;
  EXPECT_NE(E.find("\n^"), std::string::npos) << E;
  EXPECT_NE(errorOf("checks: a\nchecks: b\n").find("second time"),
            std::string::npos);
  EXPECT_NE(errorOf("exclude: a\n").find("expected a list"), std::string::npos);
  EXPECT_NE(errorOf("app-group: [a]\n").find("expected a text"),
            std::string::npos);
  EXPECT_NE(errorOf("- a\n").find("expected keys"), std::string::npos);
  EXPECT_NE(errorOf("a: [b\n"), "");
  EXPECT_NE(errorOf("\x01\xff: {"), "");
}

TEST(Configuration, IsLookedForUpwards) {
  test::Scratch Tree;
  Tree.write(".ringfence.yaml", "checks: x\n");
  Tree.write("a/b/c.swift", "");
  EXPECT_EQ(findConfiguration(Tree.at("a/b")), Tree.at(".ringfence.yaml"));
}

TEST(Globs, TheLastThatFitsDecides) {
  EXPECT_TRUE(isEnabled("", "ringfence-a"));
  EXPECT_TRUE(isEnabled("*", "ringfence-a"));
  EXPECT_FALSE(isEnabled("*,-ringfence-a", "ringfence-a"));
  EXPECT_TRUE(isEnabled("-*,ringfence-a", "ringfence-a"));
  EXPECT_FALSE(isEnabled("-*,ringfence-a", "ringfence-b"));
  EXPECT_TRUE(isEnabled("-ringfence-b", "ringfence-a"));
  EXPECT_FALSE(isEnabled("-ringfence-l*", "ringfence-late"));
  EXPECT_TRUE(isEnabled(" a , late-* ", "ringfence-late-report"));
}

TEST(Nolint, ReadsAllForms) {
  SourceFile S("a.swift", "x() // NOLINT\n"
                          "y() // NOLINT(ringfence-a, ringfence-b): reason\n"
                          "/* NOLINTNEXTLINE(ringfence-*) */\n"
                          "// NOLINTBEGIN(x)\n"
                          " * NOLINTEND(x)\n"
                          "let s = NOLINT\n");
  std::vector<NolintMark> M = nolintMarks(S);
  ASSERT_EQ(M.size(), 5u);
  EXPECT_EQ(M[0].Globs, "");
  EXPECT_EQ(M[1].Globs, "ringfence-a, ringfence-b");
  EXPECT_EQ(S.text(M[1].Where), "NOLINT(ringfence-a, ringfence-b)");
  EXPECT_EQ(M[2].K, NolintMark::Kind::NextLine);
  EXPECT_EQ(M[3].K, NolintMark::Kind::Begin);
  EXPECT_EQ(M[4].K, NolintMark::Kind::End);
}

TEST(Nolint, HidesFindingsAndReportsWhatHidesNone) {
  File F;
  F.Source =
      std::make_shared<SourceFile>("a.swift", "a() // NOLINT(ringfence-a)\n"
                                              "b()\n"
                                              "// NOLINTBEGIN(ringfence-*)\n"
                                              "c()\n"
                                              "// NOLINTEND(ringfence-*)\n"
                                              "d() // NOLINT(ringfence-a)\n"
                                              "e() // NOLINT(other-tool)\n");
  auto At = [&](unsigned Line) {
    Finding X;
    X.Check = "ringfence-a";
    std::uint32_t B = F.Source->lineBegin(Line);
    X.At = {&F, {B, B + 3}};
    return X;
  };
  std::vector<Finding> Findings{At(1), At(2), At(4)};
  std::vector<Suppressed> Hidden =
      applySuppressions(Findings, {&F}, [](llvm::StringRef) { return true; });
  ASSERT_EQ(Hidden.size(), 2u);
  EXPECT_EQ(Hidden[0].By, "NOLINT at a.swift:1");
  ASSERT_EQ(Findings.size(), 2u);
  EXPECT_EQ(Findings[0].At.line(), 2u);
  EXPECT_EQ(Findings[1].Check, UnusedSuppression);
  EXPECT_EQ(Findings[1].At.line(), 6u);
}

TEST(Placeholders, GiveWayToNamesOfTheSameLength) {
  EXPECT_EQ(withoutPlaceholders("a(<#T##x#>)"), "a(xxxxxxxx)");
  EXPECT_EQ(withoutPlaceholders("a <# b\nc #>"), "a <# b\nc #>");
  EXPECT_EQ(withoutPlaceholders("<#"), "<#");
}
