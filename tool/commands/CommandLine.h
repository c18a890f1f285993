//===-- CommandLine.h - the command line as data -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_COMMANDLINE_H
#define RINGFENCE_TOOL_COMMANDS_COMMANDLINE_H

#include "llvm/Support/raw_ostream.h"
#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace ringfence {

/// An option as manuals and completions need it.
struct OptionFacts {
  std::vector<std::string> Names; ///< "--checks", "-p"; empty: an argument
  std::string Argument;           ///< what it takes: "FORMAT", "" for a flag
  std::string About;
  std::vector<std::string> Values; ///< all that it takes, if it says so
  enum class Kind { Flag, Value, File, Folder, Check } Takes = Kind::Flag;
};

struct CommandFacts {
  std::string Name, About;
  std::vector<OptionFacts> Options, Arguments;
  std::vector<std::string> Examples; ///< lines
};

/// Every command of \p Program that --help shows.
std::vector<CommandFacts> commandFacts(const CLI::App &Program);

/// Writes a manual page in mdoc.
void writeManPage(llvm::raw_ostream &OS, const std::vector<CommandFacts> &All);

/// Write completions. They ask the program itself for nothing.
void writeBashCompletion(llvm::raw_ostream &OS,
                         const std::vector<CommandFacts> &All);
void writeZshCompletion(llvm::raw_ostream &OS,
                        const std::vector<CommandFacts> &All);
void writeFishCompletion(llvm::raw_ostream &OS,
                         const std::vector<CommandFacts> &All);

} // namespace ringfence

#endif
