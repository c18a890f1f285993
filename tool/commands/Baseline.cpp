//===-- Baseline.cpp - ringfence baseline -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/BaselineFile.h"
#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/output/Summary.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

using namespace ringfence;

namespace {

struct BaselineOptions {
  RunOptions Run;
  std::string Output = ".ringfence-baseline.yaml";
};

} // namespace

static int run(const BaselineOptions &Options) {
  auto Resolved = Options.Run.resolve();
  if (!Resolved)
    return usageError(Resolved.takeError());
  std::unique_ptr<ProgressBar> Bar = Options.Run.progressBar();
  auto Result = analyseShowing(Bar.get(), *Resolved);
  if (!Result)
    return usageError(Result.takeError());
  if (!Options.Run.Quiet)
    printSummary(llvm::errs(), *Result, Options.Run.Verbose);
  // What a file holds that was not analysed would be new once it can be.
  if (verdictOf(*Result, Severity::Error) == ExitUnread) {
    llvm::errs() << "ringfence: no baseline was written: not everything could "
                    "be analysed\n";
    return ExitUnread;
  }
  if (llvm::Error E = writeBaselineFile(*Result, Options.Output))
    return usageError(std::move(E));
  if (!Options.Run.Quiet)
    llvm::errs() << counted(Result->Findings.size(), "finding")
                 << " accepted in " << Options.Output << '\n';
  return ExitClean;
}

Command ringfence::addBaseline(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand(
      "baseline",
      "Write today's findings to a file, for check to be silent about");
  auto Options = std::make_shared<BaselineOptions>();
  Options->Run.addTo(*C);
  C->add_option("--output,-o", Options->Output,
                "Write the baseline to this file")
      ->capture_default_str();
  C->footer("Examples:\n"
            "  ringfence baseline\n"
            "  ringfence baseline Courier --output accepted.yaml\n");
  return {C, [Options] { return run(*Options); }};
}
