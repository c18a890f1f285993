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

/// Whether something that is not known to be another app's than \p Mine
/// reports, or hands a push to code that may.
static bool isReportedAround(const CheckInput &In, const File &Mine) {
  auto IsNear = [&](const File &F) {
    return &F == &Mine || !In.MayShareAnApp ||
           In.MayShareAnApp(Mine.Source->path(), F.Source->path());
  };
  // An SDK that takes the push may report it: such a handler is no proof.
  return llvm::any_of(In.Handlers,
                      [&](const JudgedHandler &J) {
                        return (J.V.R != Reports::Never ||
                                !J.V.ReportSites.empty()) &&
                               IsNear(*J.In);
                      }) ||
         llvm::any_of(In.Files, [&](const File *F) {
           return llvm::any_of(F->Functions,
                               [&](const Function &Fn) {
                                 return reports(Fn.Steps, In.Apis,
                                                F->Source->language());
                               }) &&
                  IsNear(*F);
         });
}

/// The first registry for VoIP pushes that is not known to be another app's
/// than \p Mine, or any if that is null.
static Place registered(const CheckInput &In, const File *Mine) {
  for (const File *F : In.Files)
    for (const Registration &R : F->Registrations)
      if (R.HasVoIP && !isBelow13Only(*F, R) &&
          (!Mine || F == Mine || !In.MayShareAnApp ||
           In.MayShareAnApp(Mine->Source->path(), F->Source->path())))
        return {F, R.Where};
  return {};
}

void checks::pushWithoutCalls(const CheckInput &In, std::vector<Finding> &Out) {
  const char *Message = "this app takes VoIP pushes, but nothing in it reports "
                        "a call: iOS 13 and later end it";
  bool Any = false;
  forEachLive(In, [&](const JudgedHandler &J, int Index) {
    Any = true;
    Place Registered = registered(In, J.In);
    if (!Registered || isReportedAround(In, *J.In))
      return;
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
  Place Registered = registered(In, nullptr);
  if (!Registered || isReportedAround(In, *Registered.In))
    return;
  Finding F;
  F.Check = "ringfence-push-without-calls";
  F.S = Severity::Error;
  F.At = Registered;
  F.Message = Message;
  Out.push_back(std::move(F));
}
