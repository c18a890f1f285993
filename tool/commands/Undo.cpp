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

using namespace ringfence;

static int run(const std::string &Folder) {
  std::optional<std::string> Root = findJournal(Folder);
  if (!Root) {
    llvm::errs() << "ringfence: nothing to undo: no .ringfence folder in "
                 << (Folder == "." ? "this folder" : Folder)
                 << " or above it\n";
    return ExitUsage;
  }
  auto Restored = undoRun(*Root);
  if (!Restored) {
    llvm::errs() << "ringfence: " << llvm::toString(Restored.takeError())
                 << '\n';
    return ExitRefused;
  }
  for (const std::string &Path : *Restored)
    llvm::errs() << "  " << Path << '\n';
  llvm::errs() << counted(Restored->size(), "file") << " as before\n";
  return ExitClean;
}

Command ringfence::addUndo(CLI::App &Program) {
  CLI::App *C =
      Program.add_subcommand("undo", "Take the last applied run back");
  auto Folder = std::make_shared<std::string>(".");
  C->add_option("FOLDER", *Folder,
                "Where fix --apply was run (the current folder)");
  return {C, [=] { return run(*Folder); }};
}
