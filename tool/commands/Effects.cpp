//===-- Effects.cpp - ringfence effects -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/Commands.h"
#include "tool/commands/RunOptions.h"
#include "tool/pipeline/Configuration.h"
#include "llvm/Support/raw_ostream.h"
#include <memory>

using namespace ringfence;
using llvm::raw_ostream;

static llvm::StringRef whenOf(Runs R) {
  switch (R) {
  case Runs::Now:
    return "run before it returns";
  case Runs::Later:
    return "run after it has returned";
  case Runs::Either:
    return "run at once on the main queue, else later";
  case Runs::Never:
    return "are kept or ignored";
  case Runs::Unknown:
    return "";
  }
  return "";
}

static void print(raw_ostream &OS, const Api &A) {
  OS << (A.Swift.empty() ? A.ObjC : A.Swift) << '\n';
  if (!A.Swift.empty() && !A.ObjC.empty())
    OS << "  Objective-C: " << A.ObjC << '\n';
  OS << "  effect: " << nameOf(A.E) << ", belongs to: " << nameOf(A.D) << '\n';
  if (A.Reports)
    OS << "  is the report that iOS asks for\n";
  if (A.Blocks)
    OS << "  waits, or takes long\n";
  if (A.IsAsync)
    OS << "  finishes later\n";
  if (A.NoReturn)
    OS << "  does not return\n";
  if (llvm::StringRef When = whenOf(A.ClosuresRun); !When.empty())
    OS << "  closures " << When << '\n';
  if (A.Extension == Api::InExtension::No)
    OS << "  not available in app extensions\n";
  if (!A.Note.empty())
    OS << "  " << A.Note << '\n';
  if (!A.Source.empty())
    OS << "  source: " << A.Source << '\n';
}

static int run(const std::string &Text, const std::string &ConfigFile) {
  std::optional<std::string> File;
  if (ConfigFile.empty())
    File = findConfiguration(".");
  else
    File = ConfigFile;
  std::optional<Catalogue> Extended;
  if (File) {
    auto Config = readConfiguration(*File);
    if (!Config)
      return usageError(Config.takeError());
    if (!Config->EffectRows.empty()) {
      auto Rows = Catalogue::withRows(Config->EffectRows, *File);
      if (!Rows)
        return usageError(Rows.takeError());
      Extended.emplace(std::move(*Rows));
    }
  }
  const Catalogue &Apis = Extended ? *Extended : Catalogue::builtin();
  std::vector<const Api *> Rows = Apis.search(Text);
  for (const Api *A : Rows)
    print(llvm::outs(), *A);
  llvm::outs().flush();
  if (Rows.empty()) {
    llvm::errs() << "ringfence: the catalogue knows nothing called \"" << Text
                 << "\"; calls of unknown APIs count as unknown\n";
    return ExitFindings;
  }
  return ExitClean;
}

Command ringfence::addEffects(CLI::App &Program) {
  CLI::App *C = Program.add_subcommand(
      "effects", "Show what the catalogue knows of an API, and from where");
  auto Text = std::make_shared<std::string>();
  auto ConfigFile = std::make_shared<std::string>();
  C->add_option("API", *Text, "Part of a name, in either language (all rows)");
  C->add_option("--config", *ConfigFile,
                "Use this file instead of the nearest .ringfence.yaml");
  C->footer("Examples:\n"
            "  ringfence effects reportNewIncomingCall\n"
            "  ringfence effects UNUserNotificationCenter\n");
  return {C, [=] { return run(*Text, *ConfigFile); }};
}
