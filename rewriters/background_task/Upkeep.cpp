//===-- Upkeep.cpp - the statements of a handler that can wait ------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/background_task/Upkeep.h"
#include "rewriters/capture/Host.h"
#include "rewriters/capture/Movable.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// Whether the closures of \p C run before it returns.
static bool runsNow(const Call &C, const ProposeInput &In, Language L) {
  const Api *A = In.Apis.find(C, L);
  return A && (A->ClosuresRun == Runs::Now || A->ClosuresRun == Runs::Never);
}

/// The closures among \p S's that run after it has returned.
static std::vector<const Closure *>
laterClosures(const Step &S, const ProposeInput &In, Language L) {
  std::vector<const Closure *> Later;
  for (const Call &C : S.Calls)
    for (const Argument &A : C.Arguments)
      if (A.V.K == Value::Kind::Closure && A.V.ClosureIndex >= 0 &&
          static_cast<std::size_t>(A.V.ClosureIndex) < S.Closures.size() &&
          !runsNow(C, In, L))
        Later.push_back(&S.Closures[A.V.ClosureIndex]);
  return Later;
}

/// The statements of a body that end it, if one closure of theirs runs last.
static const Closure *lastClosure(const std::vector<const Step *> &Steps,
                                  const ProposeInput &In, Language L,
                                  bool &HasMore) {
  std::vector<const Closure *> Later;
  for (const Step *S : Steps) {
    bool Nested = false;
    forEachStep(*S, [&](const Step &Inner) {
      std::vector<const Closure *> Found = laterClosures(Inner, In, L);
      if (&Inner != S && !Found.empty())
        Nested = true;
      if (&Inner == S)
        llvm::append_range(Later, Found);
    });
    // A callback inside a callback or a branch ends who knows when.
    HasMore |= Nested;
  }
  HasMore |= Later.size() > 1;
  return Later.size() == 1 && !HasMore ? Later.front() : nullptr;
}

static bool returnsEarly(const std::vector<Step> &Steps) {
  for (const Step &S : Steps) {
    if (S.K == Step::Kind::Exit &&
        (S.Exit == Step::ExitKind::Return || S.Exit == Step::ExitKind::Throw))
      return true;
    for (const Arm &A : S.Arms)
      if (returnsEarly(A.Steps))
        return true;
  }
  return false;
}

static Ending endingOf(const ProposeInput &In, const Upkeep &U,
                       const std::vector<const Work *> &Works) {
  Language L = U.H.language();
  Ending E;
  if (U.Need->usesCompletion()) {
    E.K = Ending::Kind::Completes;
    return E;
  }
  std::vector<const Step *> Steps;
  for (unsigned I : U.Moved)
    Steps.push_back(&U.list()[I]);
  bool HasMore = false;
  const Closure *C = lastClosure(Steps, In, L, HasMore);
  if (C && !U.Suspends && (L == Language::Swift || !returnsEarly(C->Steps))) {
    E.K = Ending::Kind::Closure;
    E.C = C;
    return E;
  }
  // What the judge saw go on behind these statements.
  const Work *Async = nullptr;
  for (const Work *W : Works) {
    const Place &At = W->HandlerAt ? W->HandlerAt : W->At;
    const Api *A =
        W->C ? In.Apis.find(*W->C, W->At.In->Source->language()) : nullptr;
    bool Here = llvm::any_of(Steps, [&](const Step *S) {
      return S->Where.contains(At.Where.Begin);
    });
    // What cannot be seen may go on as well; what is awaited has ended.
    if (Here && !(W->C && W->C->Awaited) &&
        (A ? A->IsAsync : W->E == Effect::Unknown))
      Async = W;
  }
  if (!Async && !C && !HasMore)
    return E;
  E.K = Ending::Kind::Unknown;
  E.Goes = Async ? Async->Api : "a callback";
  // One call of a method in this file whose own closure runs last: the method
  // can tell its caller.
  if (L != Language::Swift || Steps.size() != 1 || Steps[0]->Calls.size() != 1)
    return E;
  const Call &Only = Steps[0]->Calls.front();
  std::vector<FunctionRef> Callees =
      In.Functions.callees(Only, {U.H.In, U.H.Fn});
  if (Callees.size() != 1 || Callees[0].In != U.H.In ||
      Callees[0].Fn->Owner != U.H.Fn->Owner || !Only.Arguments.empty() ||
      !Callees[0].Fn->Parameters.empty() || Callees[0].Fn->IsObjC ||
      Callees[0].Fn->IsOverride)
    return E;
  std::vector<const Step *> Body;
  for (const Step &S : Callees[0].Fn->Steps)
    Body.push_back(&S);
  bool More = false;
  const Closure *Last = lastClosure(Body, In, L, More);
  if (!Last || returnsEarly(Callees[0].Fn->Steps))
    return E;
  return {Ending::Kind::Helper, Last, Callees[0].Fn, &Only, ""};
}

/// Whether an arm around the statements is taken on systems below iOS 13
/// alone.
static bool runsBelow13Only(const std::vector<Level> &Levels) {
  auto AsksFor13 = [](const Condition &C) {
    return C.K == Condition::Kind::OSVersion && C.Major == 13 && C.Minor == 0;
  };
  for (const Level &L : Levels) {
    if (!L.InArm || L.Owner->K != Step::Kind::Branch)
      continue;
    const Condition &When = L.InArm->When;
    if (When.K == Condition::Kind::Not && When.Operands.size() == 1 &&
        AsksFor13(When.Operands.front()))
      return true;
    if (L.InArm->K == Arm::Kind::Else && L.Owner->Arms.size() == 2 &&
        AsksFor13(L.Owner->Arms.front().When))
      return true;
  }
  return false;
}

/// Gives what was pushed a name that the moved statements do not use for
/// anything else.
static void nameValues(Upkeep &U) {
  auto Mentions = [&](StringRef Name) {
    return llvm::any_of(U.Moved, [&](unsigned I) {
      return mentions(*U.H.In, U.list()[I].Where, Name);
    });
  };
  U.Need->nameDictionary(Mentions("userInfo") ? "pushedValues" : "userInfo");
  for (unsigned I : U.Moved)
    for (const std::string &Name : declaredIn(U.list()[I]))
      if (Name == U.values())
        U.Blockers.push_back("'" + Name + "' is declared a second time");
}

static void settle(const ProposeInput &In, Upkeep &U, std::vector<bool> &Taken,
                   const std::vector<const Work *> &Works) {
  const File &F = *U.H.In;
  unsigned Last = 0;
  for (unsigned I = 0; I != Taken.size(); ++I)
    if (Taken[I])
      Last = I;
  takeDeclarations(F, U.list(), Taken, Last);
  for (unsigned I = 0; I != Taken.size(); ++I)
    if (Taken[I])
      U.Moved.push_back(I);
  // Names are those that the last of them sees.
  U.Levels.back().Index = Last;
  U.Need = std::make_unique<Needs>(In, U.H, U.Levels, NewPlace::SameType);
  for (unsigned I : U.Moved) {
    const Step &S = U.list()[I];
    U.Suspends |= suspends(S);
    if (std::string Why = whyNotMovable(S, /*MaySuspend=*/true); !Why.empty())
      U.Blockers.push_back(
          "line " + std::to_string(F.Source->line(S.Where.Begin)) + " " + Why);
    for (const Declaration &D : S.Declares)
      for (unsigned J = I + 1; J != U.list().size(); ++J)
        if (!Taken[J] && mentions(F, U.list()[J].Where, D.Name))
          U.Blockers.push_back("'" + D.Name + "' is used by what stays");
    forEachCall(S, [&](const Call &C) {
      if (const Api *A = In.Apis.find(C, U.H.language()); A && A->Reports)
        U.Blockers.push_back("a call is reported among its statements");
    });
    U.Need->addStep(S);
  }
  llvm::append_range(U.Blockers, U.Need->blockers());
  if (runsBelow13Only(U.Levels))
    U.Blockers.push_back("it runs below iOS 13 only, where there are no "
                         "background tasks, and goes once the deployment "
                         "target is iOS 13");
  nameValues(U);
  U.End = endingOf(In, U, Works);
}

std::vector<Upkeep>
ringfence::upkeepOf(const ProposeInput &In, const JudgedHandler &H,
                    const std::vector<const Work *> &Works) {
  std::vector<Upkeep> All;
  std::vector<std::vector<bool>> Taken;
  for (const Work *W : Works) {
    const Place &At = W->HandlerAt ? W->HandlerAt : W->At;
    if (At.In != H.In || !H.function().Body.contains(At.Where.Begin))
      continue;
    std::vector<Level> Levels = levelsAt(H.function(), At.Where.Begin);
    if (Levels.empty())
      continue;
    auto Same = llvm::find_if(All, [&](const Upkeep &U) {
      return U.Levels.back().List == Levels.back().List;
    });
    if (Same == All.end()) {
      Taken.emplace_back(Levels.back().List->size());
      All.emplace_back();
      Same = std::prev(All.end());
      Same->H = hostOf(H);
      Same->Levels = Levels;
    }
    Taken[Same - All.begin()][Levels.back().Index] = true;
  }
  for (std::size_t I = 0; I != All.size(); ++I)
    settle(In, All[I], Taken[I], Works);
  return All;
}
