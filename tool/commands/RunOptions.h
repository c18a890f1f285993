//===-- RunOptions.h - options that commands share -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_COMMANDS_RUNOPTIONS_H
#define RINGFENCE_TOOL_COMMANDS_RUNOPTIONS_H

#include "tool/output/ProgressBar.h"
#include "tool/pipeline/Analysis.h"
#include "llvm/Support/Error.h"
#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace ringfence {

/// The exit codes that docs promise.
enum ExitCode {
  ExitClean = 0,    ///< nothing at or above --fail-on
  ExitFindings = 1, ///< such findings (remain)
  ExitUsage = 2,    ///< wrong usage or configuration
  ExitUnread = 3,   ///< a candidate file could not be read or analysed
  ExitRefused = 4,  ///< a fix was refused or rolled back
};

/// What every command that analyses a tree takes.
struct RunOptions {
  std::vector<std::string> Paths;
  std::string ConfigFile;
  std::string BuildDirectory;
  std::string Checks;
  unsigned Threads = 0;
  std::string Color = "auto";
  std::string Progress = "auto";
  bool Quiet = false;
  bool Verbose = false;

  void addTo(CLI::App &Command);
  /// Of these options, --color alone.
  void addColorTo(CLI::App &Command);

  /// Finds the root and the configuration. The root is the current folder if
  /// all paths lie in it, else the folder that they have in common; of files
  /// alone, the project that holds that folder (see projectFolder()), which is
  /// said on standard error unless --quiet is given. The configuration is the
  /// nearest above what is named.
  llvm::Expected<AnalysisOptions> resolve() const;

  /// The progress line that --progress asks for, on standard error: for "auto"
  /// where that is a terminal and --quiet is not given. Null for none.
  std::unique_ptr<ProgressBar> progressBar() const;

  /// Whether to write colours to \p Descriptor: as --color says; for
  /// "auto" not if NO_COLOR is set, then if CLICOLOR_FORCE is, then to
  /// terminals unless CLICOLOR is "0" or TERM "dumb".
  bool useColor(int Descriptor) const;
};

/// analyse(), with \p Bar showing how far it and what follows from it have
/// come; the bar is taken away behind the analysis. Null for none.
llvm::Expected<Analysis> analyseShowing(ProgressBar *Bar,
                                        AnalysisOptions &Options);

/// Prints \p E to standard error as "ringfence: …".
ExitCode usageError(llvm::Error E);

/// Exit code 3 if a candidate was not analysed, else 1 if a finding is at or
/// above \p FailOn, else 0.
ExitCode verdictOf(const Analysis &A, Severity FailOn);

/// "error", "warning", "note" as CLI11 takes them.
CLI::CheckedTransformer severityNames();

} // namespace ringfence

#endif
