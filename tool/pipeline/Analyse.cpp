//===-- Analyse.cpp - discover, read, judge -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/AnalysisState.h"
#include "tool/pipeline/Round.h"
#include "llvm/ADT/STLExtras.h"
#include <algorithm>

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

static void sortProblems(std::vector<Problem> &Problems) {
  auto Key = [](const Problem &P) {
    return std::tie(P.File, P.Line, P.Message);
  };
  llvm::sort(Problems, [&](const Problem &A, const Problem &B) {
    return Key(A) < Key(B);
  });
  Problems.erase(std::unique(Problems.begin(), Problems.end(),
                             [&](const Problem &A, const Problem &B) {
                               return Key(A) == Key(B);
                             }),
                 Problems.end());
}

llvm::Expected<Analysis> ringfence::analyse(const AnalysisOptions &Options) {
  auto Apis = catalogue(Options.Config);
  if (!Apis)
    return Apis.takeError();
  auto Found = discover(
      {Options.Root, Options.Paths, Options.Config.Exclude, Options.Threads});
  if (!Found)
    return Found.takeError();

  auto State = std::make_unique<Analysis::State>(Options, std::move(*Found),
                                                 std::move(*Apis));
  Project &P = State->TheProject;
  Analysis A(std::move(State));
  Round R = look(P);
  A.Handlers = std::move(R.Handlers);
  A.Findings = std::move(R.Findings);
  A.Hidden = std::move(R.Hidden);

  A.Problems = P.problems();
  for (const JudgedHandler &H : A.Handlers)
    llvm::append_range(A.Problems, H.V.NotFollowed);
  sortProblems(A.Problems);
  A.Stats.FilesSeen = P.discovery().Seen;
  A.Stats.FilesIgnored = P.discovery().Ignored;
  A.Stats.FilesRead = static_cast<unsigned>(P.store().files().size());
  A.Stats.ObjCReading = P.store().objcDescription();
  return A;
}
