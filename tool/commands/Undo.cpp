//===-- Undo.cpp - ringfence undo -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/apply/Apply.h"
#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/output/Summary.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>
#include <optional>

using namespace ringfence;

namespace {

struct UndoOptions {
  std::string Folder = ".";
  std::optional<unsigned> Number;
  bool List = false;
};

} // namespace

/// "3  2026-11-24T13:00:00Z  fix --step report  2 files"
static int list(const std::string &Root) {
  auto Runs = appliedRuns(Root);
  if (!Runs) {
    llvm::errs() << "ringfence: " << llvm::toString(Runs.takeError()) << '\n';
    return ExitRefused;
  }
  if (Runs->empty())
    llvm::errs() << "no run to undo\n";
  for (const AppliedRun &R : *Runs) {
    llvm::outs() << R.Number << "  " << R.Time << "  " << R.Title << "  "
                 << counted(R.Paths.size(), "file")
                 << (R.Complete ? "" : "  (interrupted)") << '\n';
    for (const std::string &Path : R.Paths)
      llvm::outs() << "     " << Path << '\n';
  }
  return ExitClean;
}

static int run(const UndoOptions &Options) {
  std::optional<std::string> Root = findJournal(Options.Folder);
  if (!Root) {
    llvm::errs() << "ringfence: nothing to undo: no .ringfence folder in "
                 << (Options.Folder == "." ? "this folder" : Options.Folder)
                 << " or above it\n";
    return ExitUsage;
  }
  if (Options.List)
    return list(*Root);
  auto Undone = undoRun(*Root, Options.Number);
  if (!Undone) {
    llvm::errs() << "ringfence: " << llvm::toString(Undone.takeError()) << '\n';
    return ExitRefused;
  }
  for (const std::string &Path : Undone->Paths)
    llvm::errs() << "  " << Path << '\n';
  llvm::errs() << counted(Undone->Paths.size(), "file") << " as before\n";
  return ExitClean;
}

Command ringfence::addUndo(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand(
      "undo", "Take the last applied run back, or any of the last 20");
  auto Options = std::make_shared<UndoOptions>();
  C->add_option("FOLDER", Options->Folder,
                "Where fix --apply was run (the current folder)");
  C->add_option("--run", Options->Number,
                "Take back the run of this number, as --list names it");
  C->add_flag("--list", Options->List, "List the runs that can be taken back");
  C->footer("Examples:\n"
            "  ringfence undo --list\n"
            "  ringfence undo\n");
  return {C, [Options] { return run(*Options); }};
}
