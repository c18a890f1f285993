//===-- CompletionNotCalled.cpp - paths that forget the completion handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::completionNotCalled(const CheckInput &In,
                                 std::vector<Finding> &Out) {
  forEachLive(In, [&](const JudgedHandler &J, int Index) {
    if (J.V.CompletionMissing.empty())
      return;
    Finding F;
    F.Check = "ringfence-completion-not-called";
    F.S = Severity::Note;
    F.At = J.V.CompletionMissing.front();
    F.Message =
        J.V.Completion == CompletionUse::Never
            ? "the completion handler '" + J.H->Completion + "' is never called"
            : "this path does not call the completion handler '" +
                  J.H->Completion + "'";
    for (std::size_t I = 1; I < J.V.CompletionMissing.size(); ++I)
      F.Notes.push_back({J.V.CompletionMissing[I], "nor does this one"});
    F.HandlerIndex = Index;
    Out.push_back(std::move(F));
  });
}
