//===-- Analyse.cpp - discover, read, judge -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/AnalysisState.h"
#include "tool/pipeline/Round.h"

using namespace ringfence;

Analysis::Analysis(std::unique_ptr<State> TheState) : S(std::move(TheState)) {}
Analysis::Analysis(Analysis &&) = default;
Analysis::~Analysis() = default;

/// The shipped rows, and those of the configuration.
static llvm::Expected<std::shared_ptr<const Catalogue>>
catalogue(const Configuration &Config) {
  if (Config.EffectRows.empty())
    return std::shared_ptr<const Catalogue>(&Catalogue::builtin(),
                                            [](const Catalogue *) {});
  auto Extended = Catalogue::withRows(Config.EffectRows, ".ringfence.yaml");
  if (!Extended)
    return Extended.takeError();
  return std::make_shared<const Catalogue>(std::move(*Extended));
}

llvm::Expected<std::unique_ptr<Project>>
ringfence::openProject(const AnalysisOptions &Options) {
  auto Apis = catalogue(Options.Config);
  if (!Apis)
    return Apis.takeError();
  if (Options.OnProgress)
    Options.OnProgress({"searching files"});
  auto Found = discover(
      {Options.Root, Options.Paths, Options.Config.Exclude, Options.Threads});
  if (!Found)
    return Found.takeError();
  return std::make_unique<Project>(Options, std::move(*Found),
                                   std::move(*Apis));
}

llvm::Expected<Analysis> ringfence::analyse(const AnalysisOptions &Options) {
  auto Opened = openProject(Options);
  if (!Opened)
    return Opened.takeError();
  Project &P = **Opened;
  Analysis A(std::make_unique<Analysis::State>(std::move(*Opened)));
  Round R = look(P);
  A.Problems = problemsOf(P, R);
  A.Handlers = std::move(R.Handlers);
  A.Findings = std::move(R.Findings);
  A.Hidden = std::move(R.Hidden);
  A.Stats.FilesSeen = P.discovery().Seen;
  A.Stats.FilesIgnored = P.discovery().Ignored;
  A.Stats.FilesRead = static_cast<unsigned>(P.store().files().size());
  A.Stats.ObjCReading = P.store().objcDescription();
  return A;
}
