//===-- UnreportedPath.cpp - a path without a report -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/Rules.h"
using namespace ringfence;

void checks::unreportedPath(const CheckInput &In, std::vector<Finding> &Out) {
  std::size_t First = Out.size();
  findExits(
      In, "ringfence-unreported-path", Severity::Error,
      [](const UnreportedExit &E) { return !E.Late; },
      [](const JudgedHandler &J, const UnreportedExit &E) -> std::string {
        std::string Way = E.K == UnreportedExit::Kind::Throw
                              ? "this path throws"
                              : "this path returns";
        return Way + " without calling '" + reportCall(J) + "'";
      },
      Out);
  for (std::size_t I = First; I < Out.size(); ++I) {
    Finding &F = Out[I];
    for (unsigned E : F.Exits)
      if (In.Handlers[F.HandlerIndex].V.Exits[E].ByRegionGate)
        F.Advice = "CallKit is kept off by region here: do not register for "
                   ".voIP there, send alert pushes instead";
  }
}
