//===-- Checks.cpp - ringfence checks -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;

static int run() {
  llvm::raw_ostream &OS = llvm::outs();
  for (const Check &C : allChecks()) {
    OS << llvm::format("%-8s", nameOf(C.S).str().c_str()) << C.Id << '\n'
       << "        " << C.Says << '\n';
    llvm::StringRef Fix = C.Fix;
    if (Fix.empty())
      OS << "        advice, no fix\n";
    else
      OS << "        fix: " << Fix << " (step " << C.Step << ")\n";
  }
  OS.flush();
  return ExitClean;
}

Command ringfence::addChecks(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand("checks", "List checks and their fixes");
  return {C, run};
}
