//===-- Explain.cpp - ringfence explain -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/output/Pages.h"
#include "tool/pipeline/CheckNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

using namespace ringfence;
using llvm::StringRef;

/// Whether there is a check or a fix of that name, page or not.
static bool isKnown(StringRef Name) {
  Name.consume_front("ringfence-");
  for (const Check &C : allChecks()) {
    if (StringRef(C.Id).ends_with("-" + Name.str()))
      return true;
    llvm::SmallVector<StringRef, 2> Fixes;
    StringRef(C.Fix).split(Fixes, ", ", -1, /*KeepEmpty=*/false);
    if (llvm::is_contained(Fixes, Name))
      return true;
  }
  return false;
}

static int run(StringRef Name, const RunOptions &Options) {
  if (auto Page = pageOf(Name)) {
    llvm::outs().enable_colors(Options.useColor(1));
    printPage(llvm::outs(), *Page);
    llvm::outs().flush();
    return ExitClean;
  }
  llvm::errs() << "ringfence: " << Name << ": ";
  if (isKnown(Name)) {
    llvm::errs() << "has no page yet\n";
    return ExitUsage;
  }
  llvm::errs() << "no such check or fix";
  StringRef Short = Name;
  Short.consume_front("ringfence-");
  llvm::errs() << didYouMean(Short, pageNames())
               << "\n\"ringfence checks\" lists them\n";
  return ExitUsage;
}

Command ringfence::addExplain(CLI::App &Program) {
  CLI::App *C =
      Program.add_subcommand("explain", "Show the page of a check or fix");
  auto Name = std::make_shared<std::string>();
  auto Options = std::make_shared<RunOptions>();
  C->add_option("NAME", *Name, "A check or a fix")->required();
  Options->addColorTo(*C);
  C->footer("Examples:\n"
            "  ringfence explain late-report\n"
            "  ringfence explain report-and-end --color never\n");
  return {C, [=] { return run(*Name, *Options); }};
}
