//===-- Generate.cpp - ringfence generate -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/CommandLine.h"
#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/output/Pages.h"
#include "tool/pipeline/CheckNames.h"
#include <memory>

using namespace ringfence;
using llvm::StringRef;

/// What CLI11 writes behind an option whose values are listed: "{a,b}" within
/// its type's name.
static std::vector<std::string> listedValues(const CLI::Option &O) {
  std::string Type = O.get_type_name();
  StringRef List = StringRef(Type).split('{').second.split('}').first;
  llvm::SmallVector<StringRef, 8> Items;
  List.split(Items, ',', -1, /*KeepEmpty=*/false);
  std::vector<std::string> Values;
  for (StringRef I : Items)
    Values.push_back(I.split("->").first.str());
  return Values;
}

/// Whose names are those of checks, files and folders.
static void addKind(OptionFacts &F) {
  using Kind = OptionFacts::Kind;
  StringRef Name = F.Names.empty() ? StringRef(F.Argument) : F.Names.front();
  if (Name == "--only" || Name == "--checks")
    F.Takes = Kind::Check, F.Argument = "CHECK";
  else if (Name == "--output" || Name == "--config" || Name == "--baseline" ||
           Name == "PATH")
    F.Takes = Kind::File, F.Argument = Name == "PATH" ? "PATH" : "FILE";
  else if (Name == "-p" || Name == "FOLDER")
    F.Takes = Kind::Folder, F.Argument = "FOLDER";
}

static OptionFacts factsOf(const CLI::Option &O) {
  OptionFacts F;
  for (const std::string &N : O.get_lnames())
    F.Names.push_back("--" + N);
  for (const std::string &N : O.get_snames())
    F.Names.push_back("-" + N);
  F.About = O.get_description();
  F.Values = listedValues(O);
  if (F.Names.empty())
    F.Argument = O.get_name();
  else if (O.get_expected_max() != 0)
    F.Argument = O.get_type_name().rfind("UINT", 0) == 0 ? "N" : "VALUE";
  if (!F.Argument.empty())
    F.Takes = OptionFacts::Kind::Value;
  addKind(F);
  if (F.Names.empty() && F.Argument == "NAME")
    F.Values = pageNames();
  return F;
}

std::vector<CommandFacts> ringfence::commandFacts(const CLI::App &Program) {
  std::vector<CommandFacts> All;
  for (const CLI::App *C : Program.get_subcommands({})) {
    if (C->get_group().empty())
      continue;
    CommandFacts F{C->get_name(), C->get_description(), {}, {}, {}};
    for (const CLI::Option *O : C->get_options()) {
      OptionFacts Facts = factsOf(*O);
      (Facts.Names.empty() ? F.Arguments : F.Options)
          .push_back(std::move(Facts));
    }
    llvm::SmallVector<StringRef, 8> Lines;
    std::string Footer = C->get_footer();
    StringRef(Footer).split(Lines, '\n', -1, /*KeepEmpty=*/false);
    for (StringRef L : Lines)
      if (L.consume_front("  "))
        F.Examples.push_back(L.str());
    All.push_back(std::move(F));
  }
  return All;
}

Command ringfence::addGenerate(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand(
      "generate", "Write the manual page or the completions of a shell");
  C->group(""); // not in --help
  auto Kind = std::make_shared<std::string>();
  C->add_option("KIND", *Kind)
      ->required()
      ->check(CLI::IsMember({"man", "bash", "zsh", "fish"}));
  return {C, [=, &Program] {
            std::vector<CommandFacts> All = commandFacts(Program);
            if (*Kind == "man")
              writeManPage(llvm::outs(), All);
            else if (*Kind == "bash")
              writeBashCompletion(llvm::outs(), All);
            else if (*Kind == "zsh")
              writeZshCompletion(llvm::outs(), All);
            else
              writeFishCompletion(llvm::outs(), All);
            llvm::outs().flush();
            return ExitClean;
          }};
}
