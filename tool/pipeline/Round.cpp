//===-- Round.cpp - one look at a project -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Round.h"
#include "tool/pipeline/Suppressions.h"

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
