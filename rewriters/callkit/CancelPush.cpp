//===-- CancelPush.cpp - pushes that take a call back --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/CancelPush.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

/// The argument by which \p C tells CallKit which call has ended, or null.
static const Value *endedCallOf(const Call &C) {
  if (C.Arguments.empty())
    return nullptr;
  bool Ends =
      C.Name == "reportCallWithUUID:endedAtDate:reason:" ||
      C.Name == "initWithCallUUID:" ||
      (C.Name == "CXEndCallAction" && C.Arguments.front().Label == "call") ||
      (C.Name == "reportCall" && C.Arguments.size() == 3 &&
       C.Arguments[1].Label == "endedAt");
  return Ends ? &C.Arguments.front().V : nullptr;
}

static llvm::StringRef rootOf(llvm::StringRef Expression) {
  return Expression.take_while(
      [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

/// A name or a path of names: an expression without side effects.
static bool isPath(llvm::StringRef E) {
  return !rootOf(E).empty() && llvm::all_of(E, [](char C) {
    return llvm::isAlnum(C) || C == '_' || C == '.' || C == '!';
  });
}

/// The index behind the statement of \p B that declares \p Name; 0 if it is
/// visible from the start; none if it is not visible in the block itself.
static std::optional<unsigned> visibleFrom(const Block &B,
                                           llvm::StringRef Name) {
  const std::vector<Step> &Steps = B.steps();
  for (unsigned I = 0; I < Steps.size(); ++I) {
    bool IsGuard = Steps[I].K == Step::Kind::Branch &&
                   Steps[I].Branch == Step::BranchKind::Guard;
    auto Declares = [&](const std::vector<Declaration> &Ds) {
      return llvm::any_of(Ds, [&](const auto &D) { return D.Name == Name; });
    };
    if (Declares(Steps[I].Declares))
      return I + 1;
    if (IsGuard)
      for (const Arm &A : Steps[I].Arms)
        if (Declares(A.Declares))
          return I + 1;
    if (llvm::is_contained(declaredIn(Steps[I]), Name))
      return std::nullopt;
  }
  return 0;
}

static bool mentionsCancel(llvm::StringRef Condition) {
  std::string Lower = Condition.lower();
  static constexpr llvm::StringRef Words[] = {"cancel",  "hangup",  "hang_up",
                                              "callend", "endcall", "ended",
                                              "missed",  "terminat"};
  return llvm::any_of(Words, [&](llvm::StringRef W) {
    return Lower.find(W) != std::string::npos;
  });
}

/// A local that certainly holds a UUID, not an optional one.
static bool isUUID(const Local &L) {
  if (!L.D)
    return false;
  llvm::StringRef Type = llvm::StringRef(L.D->Type).trim();
  if (Type == "UUID")
    return true;
  bool Unwrapped = L.K == Local::Kind::Unwrapped || L.K == Local::Kind::Guarded;
  llvm::StringRef Init = L.D->Init.Text;
  return Unwrapped && Init.starts_with("UUID(");
}

std::optional<CancelledCall> ringfence::cancelledCall(const Block &B) {
  std::optional<CancelledCall> Found;
  for (const Step &S : B.steps())
    forEachCall(S, [&](const Call &C) {
      const Value *V = endedCallOf(C);
      if (Found || !V || !isPath(V->Text))
        return;
      if (std::optional<unsigned> From = visibleFrom(B, rootOf(V->Text)))
        Found = CancelledCall{V->Text, *From};
    });
  if (Found || !B.A || !mentionsCancel(B.A->When.Text))
    return Found;

  std::vector<Level> Levels = B.Around;
  if (!B.steps().empty())
    Levels = levelsAt(*B.Fn, B.steps().back().Where.Begin);
  for (const Local &L : llvm::reverse(localsAt(*B.Fn, Levels)))
    if (isUUID(L))
      if (std::optional<unsigned> From = visibleFrom(B, L.Name))
        return CancelledCall{L.Name, *From};
  return std::nullopt;
}
