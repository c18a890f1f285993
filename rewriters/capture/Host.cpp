//===-- Host.cpp - the function that work is taken from -------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Host.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

Host ringfence::hostOf(const JudgedHandler &H) {
  return {H.In, &H.function(), H.H->Payload, "", H.H->Completion};
}

std::optional<Host> ringfence::hostOf(const ProposeInput &In,
                                      const JudgedHandler &H, const Work &W) {
  const Function &Fn = H.function();
  if (W.At.In == H.In && Fn.Where.contains(W.At.Where.Begin))
    return hostOf(H);
  Host Helper;
  Helper.In = W.At.In;
  for (const Function &F : W.At.In->Functions)
    if (F.Body.contains(W.At.Where.Begin))
      Helper.Fn = &F;
  if (!Helper.Fn)
    return std::nullopt;
  if (!W.HandlerAt || W.HandlerAt.In != H.In)
    return Helper;
  // What the handler hands over, argument by argument.
  Host Caller = hostOf(H);
  std::vector<Level> Levels = levelsAt(Fn, W.HandlerAt.Where.Begin);
  if (Levels.empty())
    return Helper;
  Needs AtCall(In, Caller, Levels);
  forEachCall(Levels.back().step(), [&](const Call &C) {
    std::vector<FunctionRef> Callees = In.Functions.callees(C, {H.In, &Fn});
    bool IsIt = llvm::any_of(
        Callees, [&](const FunctionRef &R) { return R.Fn == Helper.Fn; });
    if (!IsIt)
      return;
    for (std::size_t I = 0;
         I != C.Arguments.size() && I != Helper.Fn->Parameters.size(); ++I) {
      const Value &V = C.Arguments[I].V;
      const std::string &Name = Helper.Fn->Parameters[I].Name;
      if (AtCall.isDictionaryExpression(V.Text))
        Helper.Dictionary = Name;
      else if (!Caller.Payload.empty() && V.Text == Caller.Payload)
        Helper.Payload = Name;
      else if (!Caller.Completion.empty() && V.Text == Caller.Completion)
        Helper.Completion = Name;
      else if (!V.Where.empty())
        Helper.Arguments.emplace_back(Name, V.Where);
    }
    if ((W.At.In->Source->language() == Language::Swift) ==
        (H.In->Source->language() == Language::Swift))
      Helper.Caller = std::make_shared<Host>(Caller);
  });
  if (Helper.Caller)
    Helper.CallLevels = std::move(Levels);
  return Helper;
}
