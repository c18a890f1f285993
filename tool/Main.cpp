//===-- Main.cpp - the program -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/commands/UsageErrors.h"
#include "tool/commands/Version.h"

using namespace ringfence;

int main(int Argc, char **Argv) {
  CLI::App Program("Finds PushKit VoIP handlers that do anything other than "
                   "report a call, and rewrites them.",
                   "ringfence");
  Program.set_version_flag("--version", versionText());
  Program.require_subcommand(1);
  Program.footer("Examples:\n"
                 "  ringfence check\n"
                 "  ringfence fix\n"
                 "  ringfence explain unreported-path\n"
                 "  ringfence check --help\n");

  const Command Commands[] = {
      addCheck(Program),    addFix(Program),      addPlan(Program),
      addUndo(Program),     addExplain(Program),  addChecks(Program),
      addEffects(Program),  addBaseline(Program), addLsp(Program),
      addGenerate(Program),
  };

  try {
    Program.parse(Argc, Argv);
  } catch (const CLI::ParseError &E) {
    if (E.get_exit_code() == 0)
      return Program.exit(E); // --help, --version
    return explainUsageError(Program, llvm::ArrayRef(Argv + 1, Argc - 1),
                             E.what());
  }
  for (const Command &C : Commands)
    if (C.Parsed->parsed())
      return C.Run();
  return ExitUsage;
}
