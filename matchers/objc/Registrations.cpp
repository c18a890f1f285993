//===-- Registrations.cpp - where PushKit is set up -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Handlers.h"
#include "llvm/ADT/STLFunctionalExtras.h"

using namespace ringfence;

namespace {

void eachCall(const std::vector<Step> &Steps,
              llvm::function_ref<void(const Step &, const Call &)> Visit) {
  auto Closures = [&](const std::vector<Closure> &Cs) {
    for (const Closure &C : Cs)
      eachCall(C.Steps, Visit);
  };
  for (const Step &S : Steps) {
    for (const Call &C : S.Calls)
      Visit(S, C);
    Closures(S.Closures);
    for (const Arm &A : S.Arms) {
      for (const Call &C : A.Calls)
        Visit(S, C);
      Closures(A.Closures);
      eachCall(A.Steps, Visit);
    }
  }
}

} // namespace

std::vector<Registration> ringfence::objc::registrationsIn(const File &F) {
  std::vector<Registration> All;
  for (const Function &Fn : F.Functions) {
    Registration R;
    R.Owner = Fn.Owner;
    R.Function = Fn.Symbol;
    bool Made = false;
    eachCall(Fn.Steps, [&](const Step &S, const Call &C) {
      bool Makes =
          C.K == Call::Kind::Init && C.ReceiverType == "PKPushRegistry";
      bool SetsTypes =
          (C.K == Call::Kind::PropertyWrite && C.Name == "desiredPushTypes") ||
          C.Name == "setDesiredPushTypes:";
      if (Makes && Made) {
        All.push_back(R);
        R.Delegate.clear();
        R.SetsTypes = R.HasVoIP = false;
      }
      if (Makes || (SetsTypes && !Made && !R.SetsTypes))
        R.Where = S.Where;
      if (Makes) {
        Made = true;
        R.Queue = C.Arguments.empty() ? "" : C.Arguments.front().V.Text;
      }
      if (SetsTypes) {
        R.SetsTypes = true;
        R.HasVoIP |= F.Source->text(S.Where).contains("PKPushTypeVoIP");
        // The set may have been put in a variable before.
        for (const Argument &A : C.Arguments)
          if (A.V.K == Value::Kind::Local)
            R.HasVoIP |= F.Source->text(Fn.Body).contains("PKPushTypeVoIP");
      }
      bool SetsDelegate =
          (C.K == Call::Kind::PropertyWrite && C.Name == "delegate") ||
          C.Name == "setDelegate:";
      bool OnRegistry =
          C.ReceiverType == "PKPushRegistry" ||
          (C.ReceiverType.empty() &&
           llvm::StringRef(C.Receiver).contains_insensitive("registry"));
      if (SetsDelegate && OnRegistry && !C.Arguments.empty())
        R.Delegate = C.Arguments.front().V.Text;
    });
    if (Made || R.SetsTypes)
      All.push_back(std::move(R));
  }
  return All;
}
