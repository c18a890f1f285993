//===-- FixSets.cpp - propose and verify -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/AnalysisState.h"

using namespace ringfence;

std::vector<FixSet> ringfence::fixSets(Analysis &A,
                                       llvm::ArrayRef<MigrationStep> Steps) {
  Project &P = A.S->TheProject;
  ProposeInput In{A.Handlers, A.Findings, P.functions(),
                  P.apis(),   P,          P.options().Config.Fixes};
  std::vector<FixSet> Result;
  for (MigrationStep Step : Steps)
    for (FixSet &S : propose(In, Step))
      Result.push_back(std::move(S));
  return Result;
}
