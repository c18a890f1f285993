//===-- FixSets.cpp - fix sets of an analysis -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/Propose.h"
#include "tool/pipeline/AnalysisState.h"
#include "tool/pipeline/Round.h"

using namespace ringfence;

std::vector<FixSet> ringfence::fixSets(Analysis &A,
                                       llvm::ArrayRef<MigrationStep> Steps) {
  Round R{std::move(A.Handlers), std::move(A.Findings), {}};
  std::vector<FixSet> Result;
  for (MigrationStep Step : Steps)
    for (FixSet &S : verifiedFixSets(A.S->TheProject, R, Step, A.Problems))
      Result.push_back(std::move(S));
  A.Handlers = std::move(R.Handlers);
  A.Findings = std::move(R.Findings);
  return Result;
}

std::vector<FixSet>
ringfence::draftFixSets(Analysis &A, llvm::ArrayRef<MigrationStep> Steps) {
  Project &P = A.S->TheProject;
  ProposeInput In{A.Handlers, A.Findings, P.functions(),
                  P.apis(),   P,          P.options().Config.Fixes};
  std::vector<FixSet> Result;
  for (MigrationStep Step : Steps)
    for (FixSet &S : propose(In, Step))
      Result.push_back(std::move(S));
  return Result;
}

llvm::ArrayRef<MigrationStep> ringfence::allSteps() {
  static const MigrationStep Steps[] = {
      MigrationStep::Report, MigrationStep::Tokens, MigrationStep::Extension,
      MigrationStep::Move, MigrationStep::CleanUp};
  return Steps;
}

std::optional<std::string> ringfence::bytesOf(const Analysis &A,
                                              llvm::StringRef Path) {
  return A.S->TheProject.read(Path);
}
