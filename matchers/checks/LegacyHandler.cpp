//===-- LegacyHandler.cpp - the handler form without completion -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
#include "llvm/ADT/STLExtras.h"
using namespace ringfence;

void checks::legacyHandler(const CheckInput &In, std::vector<Finding> &Out) {
  if (!mayReceiveVoIP(In))
    return;
  for (std::size_t I = 0; I < In.Handlers.size(); ++I) {
    const JudgedHandler &J = In.Handlers[I];
    if (J.H->S != Signature::NoCompletion)
      continue;
    Finding F;
    F.Check = "ringfence-legacy-handler";
    F.S = J.IsDead ? Severity::Note : Severity::Warning;
    F.At = headOf(J);
    F.Message = J.IsDead ? "iOS 11 and later call the form with a completion "
                           "handler; this one is never called"
                         : "only the handler without completion is "
                           "implemented, which iOS 11 deprecated";
    F.HandlerIndex = int(I);
    Out.push_back(std::move(F));
  }
}
