//===-- VoipTokenUse.cpp - where the VoIP token goes -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/apns/VoipTokenUse.h"
#include "rewriters/capture/Scope.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

static std::vector<FunctionRef> credentialMethods(FunctionSource &Functions,
                                                  StringRef Owner) {
  std::vector<FunctionRef> Result =
      Functions.named("pushRegistry:didUpdatePushCredentials:forType:");
  for (const FunctionRef &R : Functions.named("pushRegistry"))
    if (R.Fn->Labels.size() == 3 &&
        StringRef(R.Fn->Labels[1]).starts_with("didUpdate"))
      Result.push_back(R);
  llvm::erase_if(Result,
                 [&](const FunctionRef &R) { return R.Fn->Owner != Owner; });
  return Result;
}

/// "send(token:)" or "-[… sendToken:]" as a reader would look for it.
static std::string spelled(const Call &C, Language L) {
  if (L != Language::Swift)
    return "[" + (C.Receiver.empty() ? "self" : C.Receiver) + " " + C.Name +
           "]";
  std::string Name = C.Receiver.empty() ? C.Name : C.Receiver + "." + C.Name;
  Name += "(";
  for (const Argument &A : C.Arguments)
    Name += (A.Label.empty() ? "_" : A.Label) + ":";
  return Name + ")";
}

static bool takesToken(const Call &C, const Parameter *Credentials) {
  return llvm::any_of(C.Arguments, [&](const Argument &A) {
    StringRef Text = A.V.Text;
    return Text.contains_insensitive("token") ||
           (Credentials && Text == Credentials->Name);
  });
}

std::optional<VoipTokenUse> ringfence::voipTokenUse(FunctionSource &Functions,
                                                    const Catalogue &Apis,
                                                    StringRef Owner) {
  std::optional<VoipTokenUse> Result;
  for (const FunctionRef &R : credentialMethods(Functions, Owner)) {
    Language L = R.In->Source->language();
    const Parameter *Credentials =
        R.Fn->Parameters.size() > 1 ? &R.Fn->Parameters[1] : nullptr;
    for (const Step &S : R.Fn->Steps)
      forEachCall(S, [&](const Call &C) {
        // What the catalogue knows converts, logs, or keeps it on the device.
        const Api *A = Apis.find(C, L);
        if (Result || (A && A->E != Effect::Network) ||
            !(C.OnSelf || (C.K == Call::Kind::Method && !C.Receiver.empty())) ||
            !takesToken(C, Credentials))
          return;
        Result = VoipTokenUse{spelled(C, L), R.In->Source->path().str(),
                              R.In->Source->line(C.Where.Begin)};
      });
  }
  return Result;
}
