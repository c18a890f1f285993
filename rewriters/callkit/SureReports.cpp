//===-- SureReports.cpp - whether a statement reports a call in any case --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/SureReports.h"
#include "matchers/flow/Judge.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

SureReports::Answer SureReports::of(const Step &S, FunctionRef Caller) {
  if (!May.mayReport(S, Caller))
    return Answer::No;
  bool IsLeaf = S.K == Step::Kind::Do || S.K == Step::Kind::Declare;
  bool Sure = IsLeaf && llvm::any_of(S.Calls, [&](const Call &C) {
                return !C.Conditional && reports(C, S, Caller);
              });
  return Sure ? Answer::Yes : Answer::Maybe;
}

SureReports::Answer SureReports::ofCondition(const Arm &A, FunctionRef Caller) {
  Step Asking;
  Asking.Where = A.When.Where;
  Asking.Calls = A.Calls;
  Asking.Closures = A.Closures;
  return May.mayReport(Asking, Caller) ? Answer::Maybe : Answer::No;
}

bool SureReports::reports(const Call &C, const Step &S, FunctionRef Caller) {
  if (const Api *A = In.Apis.find(C, Caller.In->Source->language()))
    if (A->Reports)
      return true;
  // What the verdict has seen; this includes reporters that only it knows of.
  for (const Place &P : V.ReportSites)
    if (P.In == Caller.In && C.Where.contains(P.Where) &&
        llvm::none_of(S.Closures, [&](const Closure &Inner) {
          return Inner.Where.contains(P.Where);
        }))
      return true;
  std::vector<FunctionRef> Callees = In.Functions.callees(C, Caller);
  return !Callees.empty() &&
         llvm::all_of(Callees, [&](FunctionRef F) { return always(F); });
}

/// Every way through \p F reports before it returns, where CallKit may be used.
bool SureReports::always(FunctionRef F) {
  auto [Entry, New] = Known.try_emplace(F.Fn, false);
  if (!New)
    return Entry->second;
  // Judged as if it were the delegate method.
  Handler AsHandler;
  AsHandler.FunctionIndex =
      static_cast<unsigned>(F.Fn - F.In->Functions.data());
  Verdict Judged = judge(*F.In, AsHandler, In.Functions, In.Apis);
  // Where CallKit is kept off, nobody is to report in its place.
  bool ButForRegions = Judged.R == Reports::SomePaths &&
                       llvm::all_of(Judged.Exits, [](const UnreportedExit &E) {
                         return E.ByRegionGate;
                       });
  return Known[F.Fn] = Judged.R == Reports::Always || ButForRegions;
}
