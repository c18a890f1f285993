//===-- Plan.cpp - ringfence plan -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/output/PlanHtml.h"
#include "tool/output/PlanJson.h"
#include "tool/output/PlanMarkdown.h"
#include "tool/output/Report.h"
#include "tool/output/Summary.h"
#include "tool/plan/MigrationPlan.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

using namespace ringfence;

namespace {

struct PlanOptions {
  RunOptions Run;
  std::string Format = "markdown";
  std::string Output;
};

} // namespace

static void print(llvm::raw_ostream &OS, const MigrationPlan &Plan,
                  const PlanOptions &Options) {
  if (Options.Format == "json")
    printPlanJson(OS, Plan, RINGFENCE_VERSION);
  else if (Options.Format == "html")
    printPlanHtml(OS, Plan, RINGFENCE_VERSION);
  else
    printPlanMarkdown(OS, Plan);
}

/// What the user named, as arguments of another command.
static std::string argumentsOf(const RunOptions &Run) {
  std::string Text;
  for (const std::string &P : Run.Paths)
    Text += " " + shellWord(P);
  return Text;
}

static int run(const PlanOptions &Options) {
  auto Resolved = Options.Run.resolve();
  if (!Resolved)
    return usageError(Resolved.takeError());
  std::unique_ptr<ProgressBar> Bar = Options.Run.progressBar();
  auto Result = analyseShowing(Bar.get(), *Resolved);
  if (!Result)
    return usageError(Result.takeError());
  if (!Options.Run.Quiet)
    printSummary(llvm::errs(), *Result, Options.Run.Verbose);
  bool Unread = verdictOf(*Result, Severity::Error) == ExitUnread;
  MigrationPlan Plan = makePlan(std::move(*Result), argumentsOf(Options.Run));
  if (Bar)
    Bar->clear();
  if (Options.Output.empty()) {
    print(llvm::outs(), Plan, Options);
    llvm::outs().flush();
    return Unread ? ExitUnread : ExitClean;
  }
  std::error_code EC;
  llvm::raw_fd_ostream File(Options.Output, EC);
  if (!EC) {
    print(File, Plan, Options);
    File.close();
    EC = File.error();
    File.clear_error();
  }
  if (EC)
    return usageError(llvm::createStringError(
        EC, "%s: %s", Options.Output.c_str(), EC.message().c_str()));
  return Unread ? ExitUnread : ExitClean;
}

Command ringfence::addPlan(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand(
      "plan", "Write the migration as a report: what moves where and why, and "
              "what is left to people and the server");
  auto Options = std::make_shared<PlanOptions>();
  Options->Run.addTo(*C);
  C->add_option("--format", Options->Format,
                "Output: markdown (default), html or json")
      ->check(CLI::IsMember({"markdown", "html", "json"}));
  C->add_option("--output,-o", Options->Output, "Write the plan to this file");
  C->footer("Examples:\n"
            "  ringfence plan\n"
            "  ringfence plan --output plan.md\n");
  return {C, [Options] { return run(*Options); }};
}
