//===-- RunOptions.cpp - options that commands share -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/RunOptions.h"
#include "tool/discover/ProjectFolder.h"
#include "tool/pipeline/CheckNames.h"
#include "tool/pipeline/Configuration.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdlib>
#include <unistd.h>

using namespace ringfence;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

void RunOptions::addTo(CLI::App &Command) {
  Command.add_option("PATH", Paths, "Files or folders (the current folder)");
  Command.add_option("--checks", Checks,
                     "Checks to run: globs as for clang-tidy, "
                     "\"*,-ringfence-legacy-handler\"");
  Command.add_option("--config", ConfigFile,
                     "Use this file instead of the nearest .ringfence.yaml");
  Command.add_option("-p", BuildDirectory,
                     "Folder of a compile_commands.json for Objective-C");
  Command.add_option("-j", Threads, "Threads (as many as cores)");
  addColorTo(Command);
  Command
      .add_option("--progress", Progress,
                  "A line that says how far a long run has come: auto (on a "
                  "terminal), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->default_str("auto");
  Command.add_flag("--quiet,-q", Quiet, "Print findings and errors only");
  Command.add_flag("--verbose,-v", Verbose,
                   "Say everything that was looked at and not followed");
}

void RunOptions::addColorTo(CLI::App &Command) {
  Command.add_option("--color", Color, "Colours: auto, always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->expected(0, 1)
      ->default_str("auto");
}

/// The folder that holds all of \p Paths (real, absolute).
static std::string commonFolder(llvm::ArrayRef<std::string> Paths) {
  llvm::StringRef Common = Paths.front();
  for (llvm::StringRef P : Paths)
    while (!(P == Common || P.starts_with((Common + "/").str())) &&
           Common.size() > 1)
      Common = path::parent_path(Common);
  return fs::is_directory(Common) ? Common.str()
                                  : path::parent_path(Common).str();
}

llvm::Expected<AnalysisOptions> RunOptions::resolve() const {
  AnalysisOptions Result;
  Result.Threads = Threads;
  Result.BuildDirectory = BuildDirectory;
  if (!BuildDirectory.empty() &&
      !fs::exists(BuildDirectory + "/compile_commands.json") &&
      !fs::exists(BuildDirectory + "/compile_flags.txt"))
    return llvm::createStringError(std::errc::no_such_file_or_directory,
                                   "-p %s: there is no compile_commands.json",
                                   BuildDirectory.c_str());
  llvm::SmallString<256> Here;
  if (std::error_code EC = fs::current_path(Here))
    return llvm::createStringError(EC, "no current folder: %s",
                                   EC.message().c_str());
  llvm::SmallString<256> Real;
  if (fs::real_path(Here, Real))
    Real = Here;
  Result.Paths = Paths.empty() ? std::vector<std::string>{"."} : Paths;
  std::vector<std::string> All;
  bool Inside = true;
  for (std::string &P : Result.Paths) {
    llvm::SmallString<256> Full;
    if (std::error_code EC = fs::real_path(P, Full))
      return llvm::createStringError(EC, "%s: %s", P.c_str(),
                                     EC.message().c_str());
    Inside &=
        Full == Real || Real == "/" || Full.starts_with((Real + "/").str());
    P = Full.str().str();
    All.push_back(P);
  }
  Result.Root = Inside ? Real.str().str() : commonFolder(All);
  std::string Nearest = Result.Root;
  // Of files alone, the folder says nothing of what belongs to them: helpers,
  // and whether calls are reported at all.
  if (!Inside && llvm::none_of(All, [](const std::string &P) {
        return fs::is_directory(P);
      }))
    if (std::string Project = projectFolder(Nearest);
        !Project.empty() && Project != Nearest) {
      Result.Root = Project;
      if (!Quiet)
        llvm::errs() << "in the project " << Project << ":\n";
    }

  std::optional<std::string> File;
  if (!ConfigFile.empty())
    File = ConfigFile;
  else
    File = findConfiguration(Nearest);
  if (File) {
    auto Config = readConfiguration(*File);
    if (!Config)
      return Config.takeError();
    Result.Config = std::move(*Config);
  }
  if (auto Unknown = unknownCheck(Checks))
    return llvm::createStringError(
        std::errc::invalid_argument,
        "--checks: %s; \"ringfence checks\" lists them",
        Unknown->Message.c_str());
  if (!Checks.empty())
    Result.Config.Checks += (Result.Config.Checks.empty() ? "" : ",") + Checks;
  return Result;
}

llvm::Expected<Analysis> ringfence::analyseShowing(ProgressBar *Bar,
                                                   AnalysisOptions &Options) {
  if (Bar)
    Options.OnProgress = [Bar](const Progress &P) { Bar->show(P); };
  llvm::Expected<Analysis> Result = analyse(Options);
  if (Bar)
    Bar->clear();
  return Result;
}

std::unique_ptr<ProgressBar> RunOptions::progressBar() const {
  if (Progress == "always")
    return std::make_unique<ProgressBar>(llvm::errs(),
                                         ProgressBar::Clock::duration::zero());
  const char *Term = std::getenv("TERM");
  bool CanMove = ::isatty(2) && Term && llvm::StringRef(Term) != "dumb";
  if (Progress == "never" || Quiet || !CanMove)
    return nullptr;
  // Nobody has to read what is gone at once.
  return std::make_unique<ProgressBar>(llvm::errs(),
                                       std::chrono::milliseconds(500));
}

bool RunOptions::useColor(int Descriptor) const {
  if (Color != "auto")
    return Color != "never";
  auto Has = [](const char *Name) {
    const char *Value = std::getenv(Name);
    return Value && *Value;
  };
  auto Is = [](const char *Name, llvm::StringRef Text) {
    const char *Value = std::getenv(Name);
    return Value && Value == Text;
  };
  // Sources: no-color.org and bixense.com/clicolors.
  if (Has("NO_COLOR"))
    return false;
  if (Has("CLICOLOR_FORCE") && !Is("CLICOLOR_FORCE", "0"))
    return true;
  return !Is("CLICOLOR", "0") && ::isatty(Descriptor) &&
         llvm::sys::Process::FileDescriptorHasColors(Descriptor);
}

ExitCode ringfence::usageError(llvm::Error E) {
  llvm::errs() << "ringfence: " << llvm::toString(std::move(E)) << "\n";
  return ExitUsage;
}

ExitCode ringfence::verdictOf(const Analysis &A, Severity FailOn) {
  for (const Problem &P : A.Problems)
    if (P.Fatal)
      return ExitUnread;
  for (const Finding &F : A.Findings)
    if (F.S <= FailOn)
      return ExitFindings;
  return ExitClean;
}

CLI::CheckedTransformer ringfence::severityNames() {
  return CLI::CheckedTransformer(
      std::map<std::string, Severity>{{"error", Severity::Error},
                                      {"warning", Severity::Warning},
                                      {"note", Severity::Note}});
}
