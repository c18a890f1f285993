//===-- CallChain.cpp - the calls that lead from a handler to an exit --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/CallChain.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

/// The call of \p Fn that a note at \p At speaks of.
static const Call *callAt(const Function &Fn, Range At) {
  const Call *Found = nullptr;
  for (const Step &S : Fn.Steps)
    forEachCall(S, [&](const Call &C) {
      if (C.NameRange == At || C.Where == At)
        Found = &C;
    });
  return Found;
}

std::vector<ChainedCall> ringfence::callsLeadingTo(const UnreportedExit &E,
                                                   const JudgedHandler &H,
                                                   FunctionSource &Functions) {
  const Function *Last = functionAround(*E.At.In, E.At.Where);
  FunctionRef At{H.In, &H.function()};
  std::vector<ChainedCall> Chain;
  for (const PathNote &N : E.Path) {
    if (!N.IsCall || At.Fn == Last || N.At.In != At.In ||
        !At.Fn->Body.contains(N.At.Where))
      continue;
    const Call *C = callAt(*At.Fn, N.At.Where);
    if (!C)
      return {};
    // Where several functions may be meant, the rest of the way says which.
    std::vector<FunctionRef> Callees = Functions.callees(*C, At);
    auto LeadsOn = [&](FunctionRef F) {
      if (F.Fn == Last)
        return true;
      return llvm::any_of(E.Path, [&](const PathNote &Next) {
        return &Next > &N && Next.IsCall && Next.At.In == F.In &&
               F.Fn->Body.contains(Next.At.Where);
      });
    };
    auto Callee = llvm::find_if(Callees, LeadsOn);
    if (Callee == Callees.end())
      continue; // a call that came back
    Chain.push_back({At, C, *Callee});
    At = *Callee;
  }
  return At.Fn == Last ? Chain : std::vector<ChainedCall>();
}
