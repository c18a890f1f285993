//===-- Main.cpp - the program -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"

using namespace ringfence;

int main(int Argc, char **Argv) {
  CLI::App Program("Finds PushKit VoIP handlers that do anything other than "
                   "report a call, and rewrites them.",
                   "ringfence");
  Program.set_version_flag("--version", "ringfence " RINGFENCE_VERSION);
  Program.require_subcommand(1);

  const Command Commands[] = {
      addCheck(Program),   addFix(Program),     addPlan(Program),
      addUndo(Program),    addExplain(Program), addChecks(Program),
      addEffects(Program), addLsp(Program),
  };

  try {
    Program.parse(Argc, Argv);
  } catch (const CLI::ParseError &E) {
    return Program.exit(E) == 0 ? ExitClean : ExitUsage;
  }
  for (const Command &C : Commands)
    if (C.Parsed->parsed())
      return C.Run();
  return ExitUsage;
}
