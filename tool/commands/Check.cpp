//===-- Check.cpp - ringfence check -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/BaselineFile.h"
#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/output/GitHub.h"
#include "tool/output/Html.h"
#include "tool/output/Json.h"
#include "tool/output/Sarif.h"
#include "tool/output/Summary.h"
#include "tool/output/Text.h"
#include "tool/output/Xcode.h"
#include "tool/pipeline/ChangedLines.h"
#include "tool/pipeline/Hiding.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>

using namespace ringfence;

namespace {

struct CheckOptions {
  RunOptions Run;
  std::string Format = "text";
  std::string Output;
  Severity FailOn = Severity::Warning;
  std::string Baseline;
  std::string Since;
};

} // namespace

static void print(llvm::raw_ostream &OS, const Report &R,
                  const std::string &Format) {
  if (Format == "json")
    printJson(OS, R.A, R.Sets, R.Version);
  else if (Format == "sarif")
    llvm::errs() << printSarif(OS, R);
  else if (Format == "github")
    printGitHub(OS, R);
  else if (Format == "xcode")
    printXcode(OS, R);
  else if (Format == "html")
    printHtml(OS, R);
  else
    printText(OS, R.A);
}

/// The named paths as arguments of another command run in the same folder.
static std::string argumentsOf(const RunOptions &Run) {
  std::string Text;
  for (const std::string &P : Run.Paths)
    Text += " " + shellWord(P);
  return Text;
}

/// Where \p Root lies in the folder that GitHub checks the repository out to,
/// since annotations are relative to that: "ios/", or "".
static std::string folderInWorkspace(llvm::StringRef Root) {
  llvm::SmallString<256> Workspace;
  const char *Named = std::getenv("GITHUB_WORKSPACE");
  if (!Named || !*Named || llvm::sys::fs::real_path(Named, Workspace))
    return "";
  if (!Root.consume_front((Workspace + "/").str()))
    return "";
  return Root.str() + "/";
}

static llvm::Error write(const Report &R, const CheckOptions &Options) {
  if (Options.Output.empty()) {
    llvm::outs().enable_colors(Options.Run.useColor(1));
    print(llvm::outs(), R, Options.Format);
    llvm::outs().flush();
    return llvm::Error::success();
  }
  std::error_code EC;
  llvm::raw_fd_ostream File(Options.Output, EC);
  if (!EC) {
    print(File, R, Options.Format);
    File.close();
    EC = File.error();
    File.clear_error();
  }
  if (!EC)
    return llvm::Error::success();
  return llvm::createStringError(EC, "%s: %s", Options.Output.c_str(),
                                 EC.message().c_str());
}

static int run(const CheckOptions &Options) {
  auto Resolved = Options.Run.resolve();
  if (!Resolved)
    return usageError(Resolved.takeError());
  std::unique_ptr<ProgressBar> Bar = Options.Run.progressBar();
  auto Result = analyseShowing(Bar.get(), *Resolved);
  if (!Result)
    return usageError(Result.takeError());
  Analysis &A = *Result;
  // Formats that carry edits carry those alone that hold.
  bool HasEdits = Options.Format == "json" || Options.Format == "sarif" ||
                  Options.Format == "html";
  std::vector<FixSet> Sets =
      HasEdits ? fixSets(A, allSteps()) : draftFixSets(A, allSteps());
  if (Bar)
    Bar->clear();
  if (!Options.Baseline.empty())
    if (llvm::Error E = applyBaselineFile(A, Sets, *Resolved, Options.Baseline,
                                          llvm::errs()))
      return usageError(std::move(E));
  if (!Options.Since.empty()) {
    auto Changed = ChangedLines::since(Resolved->Root, Options.Since);
    if (!Changed)
      return usageError(Changed.takeError());
    hideFindings(A, Sets, Suppressed::Kind::Untouched,
                 [&](const Finding &F) -> std::optional<std::string> {
                   if (Changed->concerns(A, F))
                     return std::nullopt;
                   return "not touched since " + Options.Since;
                 });
  }
  Report R{A,
           Sets,
           RINGFENCE_VERSION,
           Resolved->Root,
           argumentsOf(Options.Run),
           folderInWorkspace(Resolved->Root)};
  if (llvm::Error E = write(R, Options))
    return usageError(std::move(E));
  if (!Options.Run.Quiet) {
    printSummary(llvm::errs(), A, Options.Run.Verbose);
    printFixCommands(llvm::errs(), R);
  }
  return verdictOf(A, Options.FailOn);
}

Command ringfence::addCheck(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand("check", "Report findings");
  auto Options = std::make_shared<CheckOptions>();
  Options->Run.addTo(*C);
  C->add_option("--format", Options->Format,
                "Output: text (default), json, sarif, github, xcode or html")
      ->check(
          CLI::IsMember({"text", "json", "sarif", "github", "xcode", "html"}));
  C->add_option("--output,-o", Options->Output,
                "Write the findings to this file");
  C->add_option("--fail-on", Options->FailOn,
                "Exit with 1 for findings of at least this severity: error, "
                "warning (default) or note")
      ->transform(severityNames());
  C->add_option("--baseline", Options->Baseline,
                "Say nothing of findings that stand in this file, which "
                "ringfence baseline writes");
  C->add_option("--since", Options->Since,
                "Report only what lines changed since this git revision "
                "have to do with");
  C->footer("Examples:\n"
            "  ringfence check\n"
            "  ringfence check Courier/PushService.swift --fail-on error\n"
            "  ringfence check --checks='*,-ringfence-message-work'\n"
            "  ringfence check --since main --quiet\n"
            "  ringfence check --format sarif --output ringfence.sarif\n");
  return {C, [Options] { return run(*Options); }};
}
