//===-- Hiding.cpp - findings that are known -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Hiding.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

void ringfence::hideFindings(
    Analysis &A, std::vector<FixSet> &Sets, Suppressed::Kind Kind,
    llvm::function_ref<std::optional<std::string>(const Finding &)> Reason) {
  std::vector<Finding> Kept;
  std::vector<std::optional<unsigned>> NewPlace;
  for (Finding &F : A.Findings) {
    if (auto By = Reason(F)) {
      A.Hidden.push_back({std::move(F), std::move(*By), Kind});
      NewPlace.emplace_back();
    } else {
      NewPlace.push_back(static_cast<unsigned>(Kept.size()));
      Kept.push_back(std::move(F));
    }
  }
  A.Findings = std::move(Kept);
  for (FixSet &S : Sets) {
    std::vector<unsigned> Places;
    for (unsigned I : S.Findings)
      if (NewPlace[I])
        Places.push_back(*NewPlace[I]);
    S.Findings = std::move(Places);
  }
  llvm::erase_if(Sets, [](const FixSet &S) { return S.Findings.empty(); });
}
