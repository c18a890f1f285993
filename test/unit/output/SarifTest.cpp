//===-- SarifTest.cpp - the limits of code scanning -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Sarif.h"
#include "tool/pipeline/AnalysisState.h"
#include <gtest/gtest.h>

using namespace ringfence;

namespace {

Finding finding(Severity S, const char *Message) {
  Finding F;
  F.Check = "ringfence-late-report";
  F.S = S;
  F.Message = Message;
  return F;
}

struct Sarif : testing::Test {
  Analysis A{nullptr};
  std::vector<FixSet> Sets;
  std::string Text, Said;

  void print(const SarifLimits &Limits) {
    Report R{A, Sets, "1.2.3", "/root", "", ""};
    llvm::raw_string_ostream OS(Text);
    Said = printSarif(OS, R, Limits);
  }
  bool holds(llvm::StringRef Part) const {
    return llvm::StringRef(Text).contains(Part);
  }
};

} // namespace

TEST_F(Sarif, LeavesTheLeastSevereOutBeyondTheLimit) {
  A.Findings = {
      finding(Severity::Note, "a trifle"), finding(Severity::Error, "e1"),
      finding(Severity::Warning, "a blemish"), finding(Severity::Error, "e2")};
  SarifLimits Limits;
  Limits.Results = 2;
  print(Limits);
  EXPECT_TRUE(holds("e1.") && holds("e2."));
  EXPECT_FALSE(holds("a blemish") || holds("a trifle"));
  EXPECT_TRUE(holds("2 of the least severe findings are left out"));
  EXPECT_TRUE(llvm::StringRef(Said).contains("2 findings left out")) << Said;
}

TEST_F(Sarif, SaysWhatIsNotShown) {
  A.Findings = {finding(Severity::Error, "e1"), finding(Severity::Error, "e2")};
  SarifLimits Limits;
  Limits.ResultsShown = 1;
  print(Limits);
  EXPECT_TRUE(holds("e2."));
  EXPECT_EQ(Said, "GitHub shows the worst 1 of 2 findings\n");
}

TEST_F(Sarif, SaysThatAFileIsTooLargeOnceCompressed) {
  print({});
  EXPECT_EQ(Said, "");
  SarifLimits Limits;
  Limits.GzipBytes = 100;
  print(Limits);
  EXPECT_TRUE(llvm::StringRef(Said).contains("GitHub rejects this file"))
      << Said;
}

TEST_F(Sarif, NamesWhatSuppressesAFinding) {
  A.HasBaseline = true;
  A.Hidden = {{finding(Severity::Error, "old"), "baseline.yaml",
               Suppressed::Kind::Baseline},
              {finding(Severity::Error, "untouched"), "main",
               Suppressed::Kind::Untouched}};
  A.Findings = {finding(Severity::Error, "fresh")};
  print({});
  EXPECT_TRUE(holds("\"baselineState\": \"unchanged\""));
  EXPECT_TRUE(holds("\"baselineState\": \"new\""));
  EXPECT_TRUE(holds("\"kind\": \"external\""));
  EXPECT_FALSE(holds("untouched"));
}

TEST(Report, EscapesWhatUrisAndShellsReserve) {
  EXPECT_EQ(uriOf("a b/ü#1.m"), "a%20b/%C3%BC%231.m");
  EXPECT_EQ(shellWord("App/Push.m"), "App/Push.m");
  EXPECT_EQ(shellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(shellWord(""), "''");
}

TEST(Report, ColumnsCountUtf16Units) {
  SourceFile Source("a.m", "a\xC3\xBC\xF0\x9F\x90\xA6x\n\xFF\xFFx");
  EXPECT_EQ(utf16Column(Source, 0), 1u);
  EXPECT_EQ(utf16Column(Source, 3), 3u);
  EXPECT_EQ(utf16Column(Source, 7), 5u);
  EXPECT_EQ(utf16Column(Source, 11), 3u) << "bytes that are no UTF-8";
}
