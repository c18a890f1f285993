//===-- Lsp.cpp - ringfence lsp -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/lsp/Server.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>
#include <map>

using namespace ringfence;

Command ringfence::addLsp(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand(
      "lsp", "Language server for editors, on standard input and output");
  auto Options = std::make_shared<lsp::Settings>();
  C->add_option("--checks", Options->Checks,
                "Checks to run: globs as for clang-tidy");
  C->add_option("--config", Options->ConfigFile,
                "Use this file instead of the nearest .ringfence.yaml");
  C->add_option("-p", Options->BuildDirectory,
                "Folder of a compile_commands.json for Objective-C");
  C->add_option("-j", Options->Threads, "Threads (as many as cores)");
  C->add_option("--level", Options->Level,
                "Fixes to offer: safe, review (default) or placeholders")
      ->transform(CLI::CheckedTransformer(
                      std::map<std::string, Applicability>{
                          {"safe", Applicability::Safe},
                          {"review", Applicability::Review},
                          {"placeholders", Applicability::Placeholders}})
                      .description(""));
  auto IsStdio = std::make_shared<bool>(false);
  C->add_flag("--stdio", *IsStdio,
              "What the server does anyway; editors pass it");
  C->footer("Examples:\n"
            "  ringfence lsp                       # an editor starts it\n"
            "  ringfence lsp --level placeholders  # offers every fix\n"
            "docs/editors.md has the set-up of several editors.");
  return {C, [Options, IsStdio] {
            return lsp::serve(stdin, llvm::outs(), *Options, RINGFENCE_VERSION)
                       ? ExitClean
                       : ExitFindings;
          }};
}
