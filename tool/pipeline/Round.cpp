//===-- Round.cpp - one look at a project -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Round.h"
#include "tool/pipeline/Suppressions.h"
#include "llvm/ADT/STLExtras.h"
#include <tuple>

using namespace ringfence;

Round ringfence::look(Project &P) {
  Round R;
  P.readCandidates();
  R.Handlers = P.judgeAll();
  R.Findings = P.check(R.Handlers);
  R.Hidden =
      applySuppressions(R.Findings, P.candidates(), [&](llvm::StringRef Id) {
        return isEnabled(P.options().Config.Checks, Id);
      });
  return R;
}

std::vector<Problem> ringfence::problemsOf(const Project &P, const Round &R) {
  std::vector<Problem> Result = P.problems();
  for (const JudgedHandler &H : R.Handlers)
    llvm::append_range(Result, H.V.NotFollowed);
  auto Key = [](const Problem &P) {
    return std::tie(P.File, P.Line, P.Message);
  };
  llvm::sort(Result, [&](const Problem &A, const Problem &B) {
    return Key(A) < Key(B);
  });
  Result.erase(
      llvm::unique(Result, [&](const Problem &A,
                               const Problem &B) { return Key(A) == Key(B); }),
      Result.end());
  return Result;
}
