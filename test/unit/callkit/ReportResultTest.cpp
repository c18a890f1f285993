//===-- ReportResultTest.cpp - functions that say whether they reported --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallProject.h"
#include "SwiftDelegate.h"
#include "gtest/gtest.h"

using namespace ringfence;

/// A delegate and the object that it tells of a push, with \p Body as what
/// that does.
static std::map<std::string, std::string> shared(std::string Head,
                                                 std::string Body) {
  return {{"Calls.swift", "import CallKit\n"
                          "\n"
                          "final class Calls {\n"
                          "    static let shared = Calls()\n"
                          "    let provider: CXProvider\n"
                          "\n"
                          "    " +
                              Head + " {\n" + Body +
                              "    }\n"
                              "\n"
                              "    func other() {\n"
                              "        show(1)\n"
                              "    }\n"
                              "}\n"},
          {"A.swift", delegate("        Calls.shared.show(1)\n")}};
}

/// The advice of the one finding, for which no set may be proposed.
static std::string refusal(std::map<std::string, std::string> Files) {
  SmallProject P(std::move(Files));
  EXPECT_EQ(P.Findings.size(), 1u);
  EXPECT_TRUE(P.proposals().empty());
  return P.Findings.empty() ? "" : P.Findings[0].Advice;
}

TEST(ReportResult, AResultThatThereIsIsNotTakenAway) {
  EXPECT_EQ(refusal(shared("func show(_ n: Int) -> Int",
                           "        if n == 0 {\n            return 0\n"
                           "        }\n    " +
                               Report + "        return 1\n")),
            "it ends in Calls.show(_:), which other code calls too: 'show' "
            "returns something already");
}

TEST(ReportResult, AMethodThatAProtocolDeclaresChangesThereToo) {
  std::map<std::string, std::string> Files =
      shared("func show(_ n: Int)", "        if n == 0 {\n            return\n"
                                    "        }\n    " +
                                        Report);
  Files["Showing.swift"] = "protocol Showing {\n    func show(_ n: Int)\n}\n";
  Files["Other.swift"] = "struct Other: Showing {\n"
                         "    func show(_ n: Int) {\n        print(n)\n    }\n"
                         "}\n";
  std::map<std::string, std::string> After = fixedFiles(Files);
  EXPECT_EQ(After["Showing.swift"],
            "protocol Showing {\n"
            "    /// - Returns: Whether a call was reported.\n"
            "    @discardableResult\n"
            "    func show(_ n: Int) -> Bool\n"
            "}\n");
  EXPECT_NE(After["Other.swift"].find("        print(n)\n"
                                      "        return false\n"),
            std::string::npos)
      << After["Other.swift"];
  EXPECT_NE(After["A.swift"].find("if !Calls.shared.show(1) {"),
            std::string::npos)
      << After["A.swift"];
}

TEST(ReportResult, AProtocolOneOfWhoseTypesCannotTellIsLeftAlone) {
  std::map<std::string, std::string> Files =
      shared("func show(_ n: Int)", "        if n == 0 {\n            return\n"
                                    "        }\n    " +
                                        Report);
  Files["Showing.swift"] = "protocol Showing {\n    func show(_ n: Int)\n}\n";
  Files["Other.swift"] = "struct Other: Showing {\n"
                         "    func show(_ n: Int) {\n"
                         "        return print(n)\n    }\n"
                         "}\n";
  EXPECT_EQ(refusal(std::move(Files)),
            "it ends in Calls.show(_:), which other code calls too: line 3 of "
            "Other.show(_:) returns the result of a call");
}

TEST(ReportResult, WhatIsAskedBehindAReportIsAskedForItsOwnSake) {
  std::map<std::string, std::string> Files = shared(
      "func show(_ n: Int)", "        if n == 0 {\n            ring(n)\n"
                             "        }\n"
                             "        print(n)\n"
                             "        ring(n)\n"
                             "    }\n\n"
                             "    func ring(_ n: Int) {\n"
                             "        guard n < 3 else { return }\n    " +
                                 Report);
  std::string After = fixedFiles(Files)["Calls.swift"];
  EXPECT_NE(After.find("        var reported = false\n"
                       "        if n == 0 {\n"
                       "            reported = ring(n)\n"
                       "        }\n"
                       "        print(n)\n"
                       "        if ring(n) {\n"
                       "            reported = true\n"
                       "        }\n"
                       "        return reported\n"),
            std::string::npos)
      << After;
  EXPECT_NE(After.find("guard n < 3 else { return false }"), std::string::npos)
      << After;
}

TEST(ReportResult, WhatALibraryAnswersIsKept) {
  std::map<std::string, std::string> Files = shared(
      "func show(_ n: Int)",
      "        if !TwilioVoiceSDK.handleNotification([:], delegate: self, "
      "delegateQueue: nil) {\n"
      "            print(n)\n"
      "        }\n"
      "        connect()\n"
      "    }\n\n"
      "    func callInviteReceived(callInvite: CallInvite) {\n    " +
          Report);
  std::string After = fixedFiles(Files)["Calls.swift"];
  EXPECT_NE(After.find("        let reported = "
                       "TwilioVoiceSDK.handleNotification([:], delegate: self, "
                       "delegateQueue: nil)\n"
                       "        if !reported {\n"
                       "            print(n)\n"
                       "        }\n"
                       "        connect()\n"
                       "        return reported\n"),
            std::string::npos)
      << After;
}

TEST(ReportResult, AFunctionThatCallsItselfIsNotAsked) {
  std::map<std::string, std::string> Files = shared(
      "func show(_ n: Int)", "        if n == 0 {\n            show(n + 1)\n"
                             "            return\n        }\n"
                             "        guard n < 3 else { return }\n    " +
                                 Report);
  SmallProject P(std::move(Files));
  EXPECT_TRUE(P.proposals().empty());
  for (const Finding &F : P.Findings)
    EXPECT_NE(F.Advice.find("reports on some conditions only"),
              std::string::npos)
        << F.Advice;
}
