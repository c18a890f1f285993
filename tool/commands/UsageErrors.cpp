//===-- UsageErrors.cpp - what was meant by wrong arguments -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/UsageErrors.h"
#include "tool/pipeline/CheckNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;
using llvm::StringRef;

static std::vector<std::string> commandsOf(const CLI::App &Program) {
  std::vector<std::string> Names;
  for (const CLI::App *C : Program.get_subcommands({}))
    if (!C->get_group().empty())
      Names.push_back(C->get_name());
  return Names;
}

/// "--checks", "-p", …
static std::vector<std::string> optionsOf(const CLI::App &Command) {
  std::vector<std::string> Names;
  for (const CLI::Option *O : Command.get_options()) {
    for (const std::string &N : O->get_lnames())
      Names.push_back("--" + N);
    for (const std::string &N : O->get_snames())
      Names.push_back("-" + N);
  }
  return Names;
}

ExitCode ringfence::explainUsageError(const CLI::App &Program,
                                      llvm::ArrayRef<char *> Arguments,
                                      StringRef Said) {
  llvm::raw_ostream &OS = llvm::errs();
  const CLI::App *Command = &Program;
  for (StringRef A : Arguments) {
    if (Command == &Program && !A.starts_with("-")) {
      auto Commands = Program.get_subcommands({});
      auto At = llvm::find_if(
          Commands, [&](const CLI::App *C) { return C->get_name() == A; });
      if (At != Commands.end()) {
        Command = *At;
        continue;
      }
      OS << "ringfence: there is no command '" << A << "'"
         << didYouMean(A, commandsOf(Program))
         << "\n\"ringfence --help\" lists them\n";
      return ExitUsage;
    }
    if (A == "--")
      break;
    StringRef Name = A.split('=').first;
    std::vector<std::string> Options = optionsOf(*Command);
    if (Name.starts_with("--") && !llvm::is_contained(Options, Name)) {
      OS << "ringfence: there is no option '" << Name << "'"
         << didYouMean(Name, Options) << '\n';
      break;
    }
    if (A.data() == Arguments.back())
      OS << "ringfence: " << Said << '\n';
  }
  if (Arguments.empty())
    OS << "ringfence: " << Said << '\n';
  OS << "\"ringfence " << (Command == &Program ? "" : Command->get_name() + " ")
     << "--help\" says more\n";
  return ExitUsage;
}
