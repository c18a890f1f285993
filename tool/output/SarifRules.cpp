//===-- SarifRules.cpp - the checks as SARIF rules -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/Fix.h"
#include "tool/output/Pages.h"
#include "tool/output/Sarif.h"
#include "tool/pipeline/Suppressions.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// "ringfence-late-report" becomes "LateReport", the form that SARIF advises.
static std::string pascalCase(StringRef Id) {
  Id.consume_front("ringfence-");
  std::string Name;
  bool Upper = true;
  for (char C : Id) {
    if (C == '-')
      Upper = true;
    else
      Name += std::exchange(Upper, false) ? llvm::toUpper(C) : C;
  }
  return Name;
}

/// "a sentence" as "A sentence."
static std::string sentence(StringRef Text) {
  std::string Result = Text.str();
  if (!Result.empty())
    Result.front() = llvm::toUpper(Result.front());
  return Result + ".";
}

static void writeMessage(llvm::json::OStream &J, StringRef Key,
                         StringRef Text) {
  J.attributeObject(Key, [&] { J.attribute("text", Text); });
}

static void writeRule(llvm::json::OStream &J, StringRef Id, Severity S,
                      StringRef Says, StringRef Fix,
                      const SarifLimits &Limits) {
  J.object([&] {
    J.attribute("id", Id);
    J.attribute("name", pascalCase(Id));
    writeMessage(J, "shortDescription", sentence(Says));
    std::string Full = sentence(Says);
    Full += Fix.empty() ? " There is no fix, only advice."
                        : (" Fix: " + Fix + ".").str();
    writeMessage(J, "fullDescription", Full);
    StringRef Page = pageOf(Id).value_or("");
    J.attributeObject("help", [&] {
      std::string Text;
      llvm::raw_string_ostream OS(Text);
      if (Page.empty())
        OS << Full;
      else
        printPage(OS, Page);
      J.attribute("text", Text);
      J.attribute("markdown", Page.empty() ? StringRef(Full) : Page);
    });
    J.attributeObject("defaultConfiguration",
                      [&] { J.attribute("level", nameOf(S)); });
    J.attributeObject("properties", [&] {
      J.attributeArray("tags", [&] {
        StringRef Tags[] = {"pushkit", "callkit", "ios"};
        for (StringRef T : llvm::ArrayRef(Tags).take_front(
                 std::min(Limits.Tags, std::size(Tags))))
          J.value(T);
      });
      J.attribute("problem.severity",
                  S == Severity::Note ? "recommendation" : nameOf(S));
    });
  });
}

std::vector<std::string> ringfence::writeSarifRules(llvm::json::OStream &J,
                                                    const SarifLimits &Limits) {
  std::vector<std::string> Ids;
  J.attributeArray("rules", [&] {
    for (const Check &C : allChecks()) {
      std::string Fixes;
      for (const Fix &F : allFixes())
        if (StringRef(F.Check) == C.Id)
          Fixes += (Fixes.empty() ? "" : ", ") + std::string(F.Id);
      writeRule(J, C.Id, C.S, C.Says, Fixes, Limits);
      Ids.push_back(C.Id);
    }
    writeRule(J, UnusedSuppression, Severity::Note,
              "a NOLINT comment suppresses nothing", "", Limits);
    Ids.push_back(UnusedSuppression.str());
  });
  return Ids;
}
