//===-- Check.cpp - ringfence check -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/output/Json.h"
#include "tool/output/Summary.h"
#include "tool/output/Text.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace ringfence;

namespace {

struct CheckOptions {
  RunOptions Run;
  std::string Format = "text";
  std::string Output;
  Severity FailOn = Severity::Warning;
};

} // namespace

static void print(llvm::raw_ostream &OS, Analysis &A,
                  const CheckOptions &Options) {
  if (Options.Format == "json")
    printJson(OS, A,
              fixSets(A, {MigrationStep::Report, MigrationStep::Tokens,
                          MigrationStep::Extension, MigrationStep::Move,
                          MigrationStep::CleanUp}),
              RINGFENCE_VERSION);
  else
    printText(OS, A);
}

static int run(const CheckOptions &Options) {
  auto Resolved = Options.Run.resolve();
  if (!Resolved)
    return usageError(Resolved.takeError());
  auto Result = analyse(*Resolved);
  if (!Result)
    return usageError(Result.takeError());
  Analysis &A = *Result;

  if (Options.Output.empty()) {
    llvm::outs().enable_colors(Options.Run.useColor(1));
    print(llvm::outs(), A, Options);
    llvm::outs().flush();
  } else {
    std::error_code EC;
    llvm::raw_fd_ostream File(Options.Output, EC);
    if (!EC) {
      print(File, A, Options);
      File.close();
      EC = File.error();
      File.clear_error();
    }
    if (EC)
      return usageError(llvm::createStringError(
          EC, "%s: %s", Options.Output.c_str(), EC.message().c_str()));
  }
  if (!Options.Run.Quiet)
    printSummary(llvm::errs(), A, Options.Run.Verbose);
  return verdictOf(A, Options.FailOn);
}

Command ringfence::addCheck(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand("check", "Report findings");
  auto Options = std::make_shared<CheckOptions>();
  Options->Run.addTo(*C);
  C->add_option("--format", Options->Format, "Output: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  C->add_option("--output,-o", Options->Output,
                "Write the findings to this file");
  C->add_option("--fail-on", Options->FailOn,
                "Exit with 1 for findings of at least this severity: error, "
                "warning (default) or note")
      ->transform(severityNames());
  return {C, [Options] { return run(*Options); }};
}
