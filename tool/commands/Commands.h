//===-- Commands.h - the sub-commands -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_COMMANDS_H
#define RINGFENCE_TOOL_COMMANDS_COMMANDS_H

#include <CLI/CLI.hpp>
#include <functional>

namespace ringfence {

/// A sub-command that is known to the parser, and what to do if it was chosen.
struct Command {
  CLI::App *Parsed;
  std::function<int()> Run; ///< returns an ExitCode
};

Command addBaseline(CLI::App &Program);
Command addCheck(CLI::App &Program);
Command addChecks(CLI::App &Program);
Command addEffects(CLI::App &Program);
Command addExplain(CLI::App &Program);
Command addFix(CLI::App &Program);
/// Not shown in --help: the build runs it, for `cmake --install`.
Command addGenerate(CLI::App &Program);
Command addLsp(CLI::App &Program);
Command addPlan(CLI::App &Program);
Command addUndo(CLI::App &Program);

} // namespace ringfence

#endif
