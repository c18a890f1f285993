//===-- Checks.cpp - ringfence checks -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/Fix.h"
#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;

static int run() {
  llvm::raw_ostream &OS = llvm::outs();
  for (const Check &C : allChecks()) {
    OS << llvm::format("%-8s", nameOf(C.S).str().c_str()) << C.Id << '\n'
       << "        " << C.Says << '\n';
    bool HasFix = false;
    for (const Fix &F : allFixes()) {
      if (llvm::StringRef(F.Check) != C.Id)
        continue;
      HasFix = true;
      OS << "        fix: " << F.Id << " (step ";
      llvm::interleave(
          F.Steps, OS, [&](MigrationStep S) { OS << nameOf(S); }, ", ");
      OS << "): " << nameOf(F.Least);
      if (F.Least == Applicability::Safe)
        OS << " or " << nameOf(Applicability::Review);
      if (F.MayHavePlaceholders)
        OS << " or " << nameOf(Applicability::Placeholders);
      OS << '\n';
    }
    if (!HasFix)
      OS << "        advice, no fix\n";
  }
  OS.flush();
  return ExitClean;
}

Command ringfence::addChecks(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand("checks", "List checks and their fixes");
  C->footer("Examples:\n"
            "  ringfence checks\n");
  return {C, run};
}
