//===-- HandedOnCompletion.cpp - who is given the completion handler ------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/HandedOnCompletion.h"
#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/callkit/ProviderAccess.h"
#include "rewriters/capture/Words.h"
#include "rewriters/pushkit/CompletionCalls.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

/// The parameter of \p Callee that argument \p Index of \p C becomes, or null.
static const Parameter *parameterOf(const Call &C, unsigned Index,
                                    FunctionRef Callee) {
  const std::vector<Parameter> &All = Callee.Fn->Parameters;
  if (Callee.In->Source->language() != Language::Swift)
    return Index < All.size() ? &All[Index] : nullptr;
  const Argument &A = C.Arguments[Index];
  for (const Parameter &P : All)
    if (P.Label == A.Label && !A.Label.empty())
      return &P;
  // A trailing closure drops its label.
  bool IsLast = Index + 1 == C.Arguments.size();
  return IsLast && A.V.K == Value::Kind::Closure && !All.empty() &&
                 All.back().IsClosure
             ? &All.back()
             : nullptr;
}

void HandedOnCompletion::follow(const Call &C, FunctionRef Caller,
                                llvm::StringRef Name) {
  for (unsigned I = 0; I < C.Arguments.size(); ++I) {
    const Value &V = C.Arguments[I].V;
    bool Is = V.Name == Name;
    if (V.K == Value::Kind::Closure)
      Is = llvm::any_of(words(Caller.In->Source->bytes(), V.Where,
                              Caller.In->Source->language()),
                        [&](const Word &W) {
                          return W.Text == Name && !W.IsMember && !W.IsLabel;
                        });
    if (!Is)
      continue;
    std::vector<FunctionRef> Callees = In.Functions.callees(C, Caller);
    if (Callees.size() != 1 || isForeign(Callees.front().In->Source->path()))
      return;
    FunctionRef Callee = Callees.front();
    const Parameter *P = parameterOf(C, I, Callee);
    if (!P || !isPlainClosure(*P) || llvm::is_contained(Seen, Callee.Fn))
      return;
    Seen.push_back(Callee.Fn);
    Builder B(*Callee.In);
    EveryWay Calls(completionCalls(*Callee.In, *Callee.Fn, P->Name), In.Apis,
                   B);
    if (Calls.write(*Callee.Fn) && Calls.added() > 0) {
      Changed.push_back(Callee.Fn);
      for (const Edit &E : B.take())
        Files.of(*Callee.In).replace({E.Offset, E.Offset + E.Length}, E.Text);
    }
    follow(Callee, P->Name);
  }
}

void HandedOnCompletion::follow(FunctionRef F, llvm::StringRef Name) {
  constexpr size_t MaxFunctions = 8;
  for (const Step &S : F.Fn->Steps)
    forEachCall(S, [&](const Call &C) {
      if (Seen.size() < MaxFunctions)
        follow(C, F, Name);
    });
}
