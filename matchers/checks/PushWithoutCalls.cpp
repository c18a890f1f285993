//===-- PushWithoutCalls.cpp - VoIP pushes in an app without calls -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/checks/HandlerFindings.h"
#include "matchers/checks/OldSystems.h"
#include "matchers/checks/Rules.h"
#include "llvm/ADT/STLExtras.h"
using namespace ringfence;

static bool reports(const std::vector<Step> &Steps, const Catalogue &Apis,
                    Language L) {
  auto Reports = [&](const Call &C) {
    const Api *A = Apis.find(C, L);
    return A && A->Reports;
  };
  auto InClosures = [&](const std::vector<Closure> &Closures) {
    return llvm::any_of(
        Closures, [&](const Closure &C) { return reports(C.Steps, Apis, L); });
  };
  return llvm::any_of(Steps, [&](const Step &S) {
    return llvm::any_of(S.Calls, Reports) || InClosures(S.Closures) ||
           llvm::any_of(S.Arms, [&](const Arm &A) {
             return llvm::any_of(A.Calls, Reports) || InClosures(A.Closures) ||
                    reports(A.Steps, Apis, L);
           });
  });
}

void checks::pushWithoutCalls(const CheckInput &In, std::vector<Finding> &Out) {
  Place Registered;
  for (const File *F : In.Files)
    for (const Registration &R : F->Registrations)
      if (R.HasVoIP && !Registered && !isBelow13Only(*F, R))
        Registered = {F, R.Where};
  if (!Registered)
    return;
  // An SDK that takes the push may report it: such a handler is no proof.
  for (const JudgedHandler &J : In.Handlers)
    if (J.V.R != Reports::Never || !J.V.ReportSites.empty())
      return;
  for (const File *F : In.Files)
    for (const Function &Fn : F->Functions)
      if (reports(Fn.Steps, In.Apis, F->Source->language()))
        return;

  const char *Message = "this app takes VoIP pushes, but nothing in it reports "
                        "a call: iOS 13 and later end it";
  bool Any = false;
  forEachLive(In, [&](const JudgedHandler &J, int Index) {
    Any = true;
    Finding F;
    F.Check = "ringfence-push-without-calls";
    F.S = Severity::Error;
    F.At = headOf(J);
    F.Message = Message;
    F.Notes.push_back({Registered, "registers for VoIP pushes here"});
    F.HandlerIndex = Index;
    for (unsigned E = 0; E < J.V.Exits.size(); ++E)
      F.Exits.push_back(E);
    Out.push_back(std::move(F));
  });
  if (Any)
    return;
  Finding F;
  F.Check = "ringfence-push-without-calls";
  F.S = Severity::Error;
  F.At = Registered;
  F.Message = Message;
  Out.push_back(std::move(F));
}
