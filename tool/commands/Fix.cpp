//===-- Fix.cpp - ringfence fix -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/apply/Apply.h"
#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/commands/SetChooser.h"
#include "tool/commands/VerifyCommand.h"
#include "tool/output/Diff.h"
#include "tool/output/Summary.h"
#include "tool/pipeline/CheckNames.h"
#include "tool/pipeline/FixPlan.h"
#include "llvm/Support/raw_ostream.h"
#include <algorithm>
#include <map>
#include <memory>

using namespace ringfence;

namespace {

struct FixOptions {
  RunOptions Run;
  bool Apply = false;
  bool AllowDirty = false;
  bool Interactive = false;
  std::string Step = "report";
  std::string Level;
  std::string Only;
  std::string VerifyCommand;
  Severity FailOn = Severity::Warning;
};

} // namespace

static std::vector<MigrationStep> stepsNamed(const std::string &Name) {
  if (Name != "all")
    return {*stepNamed(Name)};
  // Clean-up follows when the server has switched; no run can know that.
  return allSteps().drop_back();
}

static Applicability levelOf(const FixOptions &Options) {
  for (Applicability A : {Applicability::Safe, Applicability::Review,
                          Applicability::Placeholders})
    if (nameOf(A) == Options.Level)
      return A;
  // A preview is there to be read; what is written unread has to be safe.
  return Options.Apply && !Options.Interactive ? Applicability::Safe
                                               : Applicability::Review;
}

/// "3 fix sets held back (review): add --level review", and each that cannot be
/// applied beside another.
static void printHeldBack(llvm::raw_ostream &OS, const FixPlan &Plan) {
  std::map<std::string, unsigned> ByLevel;
  for (const HeldBack &H : Plan.Held) {
    if (H.ByLevel)
      ++ByLevel[H.Why];
    else
      OS << "left out: \"" << H.Set.Title << "\": " << H.Why << '\n';
  }
  for (const auto &[Level, N] : ByLevel)
    OS << counted(N, "fix set") << " held back (" << Level << "): add --level "
       << Level << '\n';
}

/// ExitClean if the work tree below \p Root may be written.
static int checkWorkTree(llvm::StringRef Root) {
  auto Dirty = uncommittedFiles(Root);
  if (!Dirty)
    return usageError(Dirty.takeError());
  if (Dirty->empty())
    return ExitClean;
  llvm::errs() << "ringfence: the work tree has uncommitted changes ("
               << Dirty->front() << (Dirty->size() > 1 ? " and others" : "")
               << "); commit them, or add --allow-dirty\n";
  return ExitRefused;
}

/// What `undo --list` calls the run: "fix --step report --level review".
static std::string titleOf(const FixOptions &Options) {
  std::string Title = "fix --step " + Options.Step + " --level " +
                      nameOf(levelOf(Options)).str();
  if (!Options.Only.empty())
    Title += " --only " + Options.Only;
  return Title;
}

/// A build that fails without the fixes too says nothing about them.
static void sayWhetherItFailedBefore(const FixOptions &Options) {
  llvm::errs() << "ringfence: running it once more without the fixes\n";
  if (llvm::Error E = runVerifyCommand(Options.VerifyCommand)) {
    llvm::consumeError(std::move(E));
    llvm::errs() << "ringfence: it fails without the fixes as well: mend that "
                    "first\n";
  } else {
    llvm::errs() << "ringfence: it succeeds without the fixes: one of them "
                    "broke it; --interactive applies them one by one\n";
  }
}

static int apply(const AnalysisOptions &Where, const FixPlan &Plan,
                 const FixOptions &Options) {
  if (!Options.AllowDirty && !Plan.Changes.empty())
    if (int Code = checkWorkTree(Where.Root))
      return Code;
  std::map<std::string, FileWrite> Writes;
  for (const auto &[Path, Change] : Plan.Changes)
    Writes[Path] = {Change.Before, Change.After};
  ApplyOptions How{titleOf(Options), {}};
  bool IsRejected = false;
  if (!Options.VerifyCommand.empty())
    How.Verify = [&] {
      llvm::Error E = runVerifyCommand(Options.VerifyCommand);
      IsRejected = static_cast<bool>(E);
      return E;
    };
  if (llvm::Error E = applyChanges(Where.Root, Writes, How)) {
    llvm::errs() << "ringfence: "
                 << (IsRejected ? "all files are as before: "
                                : "nothing was written: ")
                 << llvm::toString(std::move(E)) << '\n';
    if (IsRejected)
      sayWhetherItFailedBefore(Options);
    return ExitRefused;
  }
  if (!Options.Run.Quiet) {
    for (const PlannedSet &S : Plan.Sets)
      llvm::errs() << "applied: " << S.Set.Title << '\n';
    for (const auto &[Path, Change] : Plan.Changes)
      llvm::errs() << (Change.Before ? "  changed " : "  new     ") << Path
                   << '\n';
    if (!Plan.Changes.empty())
      llvm::errs() << counted(Plan.Changes.size(), "file")
                   << " written; \"ringfence undo\" takes it back\n";
  }
  bool Fails = std::any_of(Plan.Left.begin(), Plan.Left.end(),
                           [&](Severity S) { return S <= Options.FailOn; });
  return Fails ? ExitFindings : ExitClean;
}

static int run(const FixOptions &Options) {
  if (!Options.Only.empty())
    if (auto Unknown = unknownCheck(Options.Only))
      return usageError(
          llvm::createStringError(std::errc::invalid_argument,
                                  "--only: %s; \"ringfence checks\" lists them",
                                  Unknown->Message.c_str()));
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

  FixPlanOptions Wanted;
  Wanted.Steps = stepsNamed(Options.Step);
  Wanted.Level = levelOf(Options);
  Wanted.OnlyCheck = Options.Only;
  SetChooser Chooser(stdin, llvm::outs());
  if (Options.Interactive) {
    if (!Options.AllowDirty)
      if (int Code = checkWorkTree(Resolved->Root))
        return Code;
    llvm::outs().enable_colors(Options.Run.useColor(1));
    Wanted.Accept = [&](const PlannedSet &S) {
      if (Bar)
        Bar->clear();
      return Chooser.accepts(S);
    };
  }
  FixPlan Plan = planFixes(*Result, Wanted);
  if (Bar)
    Bar->clear();
  for (const Problem &P : Plan.Problems)
    llvm::errs() << P.File << ": " << P.Message << '\n';
  if (!Options.Run.Quiet) {
    if (Plan.Sets.empty())
      llvm::errs() << "no fix set to " << (Options.Apply ? "apply" : "show")
                   << " for step " << Options.Step << '\n';
    printHeldBack(llvm::errs(), Plan);
  }
  if (Options.Apply) {
    int Code = apply(*Resolved, Plan, Options);
    return Unread && Code != ExitRefused ? ExitUnread : Code;
  }
  llvm::outs().enable_colors(Options.Run.useColor(1));
  if (llvm::Error E = printDiff(llvm::outs(), Plan))
    return usageError(std::move(E));
  llvm::outs().flush();
  return Unread ? ExitUnread : ExitClean;
}

Command ringfence::addFix(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand(
      "fix", "Show the fixes as one patch for git apply, or write them");
  auto Options = std::make_shared<FixOptions>();
  Options->Run.addTo(*C);
  CLI::Option *Apply = C->add_flag(
      "--apply", Options->Apply,
      "Write the fixes, all or nothing; \"ringfence undo\" takes them "
      "back");
  C->add_option("--step", Options->Step,
                "Step of the migration: report (default), tokens, extension, "
                "move, clean-up or all (all but clean-up)")
      ->check(CLI::IsMember(
          {"report", "tokens", "extension", "move", "clean-up", "all"}));
  C->add_option("--level", Options->Level,
                "How much a fix may leave to its reader: safe (default of "
                "--apply), review (default of the preview) or placeholders")
      ->check(CLI::IsMember({"safe", "review", "placeholders"}));
  C->add_option("--only", Options->Only, "Fix the findings of this check only");
  C->add_flag("--interactive", Options->Interactive,
              "Show the fix sets one by one and write those that are accepted; "
              "implies --apply");
  C->add_option(
       "--verify-cmd", Options->VerifyCommand,
       "With --apply, run this command by the shell once the fixes are "
       "written, and take them back if it fails")
      ->needs(Apply);
  C->add_flag("--allow-dirty", Options->AllowDirty,
              "Write although git has uncommitted changes");
  C->add_option("--fail-on", Options->FailOn,
                "With --apply, exit with 1 if findings of at least this "
                "severity are left: error, warning (default) or note")
      ->transform(severityNames());
  C->footer(
      "Examples:\n"
      "  ringfence fix\n"
      "  ringfence fix --step move --only message-work | git apply --check\n"
      "  ringfence fix --apply --level review\n");
  return {C, [Options] {
            Options->Apply |= Options->Interactive;
            return run(*Options);
          }};
}
