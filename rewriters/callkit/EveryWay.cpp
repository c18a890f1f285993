//===-- EveryWay.cpp - has each way through code do a thing once -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/EveryWay.h"
#include "rewriters/callkit/Blocks.h"
#include "llvm/ADT/STLExtras.h"
#include <utility>

using namespace ringfence;

EveryWay::EveryWay(WayRule TheRule, const Catalogue &TheApis,
                   Builder &TheBuilder)
    : Rule(std::move(TheRule)), Apis(TheApis), B(TheBuilder) {}

bool EveryWay::write(const Function &TheFn) {
  Fn = &TheFn;
  return walkBody({&TheFn.Steps}, TheFn.Body.End);
}

bool EveryWay::write(const Step &Of, const Closure &C) {
  return walkBody({&C.Steps, &Of, nullptr, &C}, C.Where.End);
}

bool EveryWay::fail(const Step &At, llvm::StringRef What) {
  if (Why.empty())
    Why = "line " + std::to_string(B.file().Source->line(At.Where.Begin)) +
          " " + What.str();
  return false;
}

bool EveryWay::failBothWays(const Step &At) {
  return fail(At, "is reached both with and without " + Rule.What);
}

/// A body that is left by itself: a function's or a closure's.
bool EveryWay::walkBody(const List &L, std::uint32_t Until) {
  std::uint32_t Outer = std::exchange(BodyEnd, Until);
  std::optional<State> End = walk(L, State::No);
  BodyEnd = Outer;
  if (!End)
    return false;
  if (leaves(*L.Steps) || *End == State::Yes)
    return true;
  if (*End == State::Maybe)
    return L.Steps->empty() ? false : failBothWays(L.Steps->back());
  return finishEnd(L);
}

std::optional<EveryWay::State> EveryWay::walk(const List &L, State S) {
  for (unsigned I = 0; I < L.Steps->size(); ++I) {
    std::optional<State> Next = walkStep((*L.Steps)[I], L, I, S);
    if (!Next)
      return std::nullopt;
    S = *Next;
  }
  return S;
}

std::optional<EveryWay::State> EveryWay::walkStep(const Step &St, const List &L,
                                                  unsigned Index, State S) {
  const bool Named = Rule.Does(St.Where);
  if (St.K == Step::Kind::Exit) {
    if (St.Exit != Step::ExitKind::Return)
      return S;
    if (Named || S == State::Yes || (L.A && L.Of && Rule.IsExempt(*L.Of, *L.A)))
      return State::Yes;
    if (S == State::Maybe) {
      failBothWays(St);
      return std::nullopt;
    }
    if (!callAt(L, Index))
      return std::nullopt;
    return State::Yes;
  }
  if (Rule.IsDoing(St))
    return State::Yes;
  switch (St.K) {
  case Step::Kind::Branch:
    return walkBranch(St, S);
  case Step::Kind::Defer:
  case Step::Kind::LocalFunction:
    return Named ? State::Yes : S;
  case Step::Kind::Scope:
  case Step::Kind::Loop:
  case Step::Kind::Try:
  case Step::Kind::Configuration: {
    State Out = S;
    bool All = St.K == Step::Kind::Try;
    for (const Arm &A : St.Arms) {
      if (A.K == Arm::Kind::Conditional && Rule.Does(A.Where)) {
        fail(St, "is compiled conditionally");
        return std::nullopt;
      }
      std::optional<State> Done = walk({&A.Steps, &St, &A}, S);
      if (!Done)
        return std::nullopt;
      if (leaves(A.Steps))
        continue;
      All &= *Done == State::Yes;
      if (*Done != S)
        Out = St.K == Step::Kind::Scope ? *Done : State::Maybe;
    }
    return All ? State::Yes : Out;
  }
  default:
    break;
  }
  if (!Named)
    return S;
  // A closure that does it has the rest of the way to itself.
  bool InClosure = false;
  for (const Closure &C : St.Closures)
    if (Rule.Does(C.Where)) {
      InClosure = true;
      if (S != State::Yes &&
          !walkBody({&C.Steps, &St, nullptr, &C}, C.Where.End))
        return std::nullopt;
    }
  if (InClosure)
    return State::Yes;
  bool Sure = llvm::none_of(St.Calls, [&](const Call &C) {
    return C.Conditional && Rule.Does(C.Where);
  });
  return Sure ? State::Yes : State::Maybe;
}

std::optional<EveryWay::State> EveryWay::walkBranch(const Step &St, State S) {
  // "if !show(call, done)": the question hands it on.
  for (const Arm &A : St.Arms)
    if (Rule.Does(A.When.Where) && !Rule.IsDoing(St) &&
        llvm::any_of(A.Calls, [&](const Call &C) {
          return !C.Conditional && Rule.Does(C.Where);
        }))
      S = &A == &St.Arms.front() ? State::Yes : std::max(S, State::Maybe);
  std::vector<std::pair<const Arm *, State>> Open;
  for (const Arm &A : St.Arms) {
    std::optional<State> Done = walk({&A.Steps, &St, &A}, S);
    if (!Done)
      return std::nullopt;
    if (!leaves(A.Steps))
      Open.push_back({&A, *Done});
  }
  bool Falls = !St.HasElse && St.Branch != Step::BranchKind::Guard;
  bool Any =
      llvm::any_of(Open, [&](const auto &O) { return O.second == State::Yes; });
  bool All =
      llvm::all_of(Open, [&](const auto &O) { return O.second == State::Yes; });
  if (St.Branch == Step::BranchKind::Guard || S == State::Yes || !Any)
    return llvm::any_of(Open,
                        [](const auto &O) { return O.second == State::Maybe; })
               ? State::Maybe
               : S;
  if (All && !Falls)
    return State::Yes;
  // What follows may do it for the others.
  if (S == State::Maybe || Rule.Does({St.Where.End, BodyEnd}))
    return State::Maybe;
  // Some arms do it and run on: so does each of the others.
  for (auto &[A, Done] : Open) {
    if (Done == State::Yes)
      continue;
    if (Done == State::Maybe || A->FallsThrough) {
      fail(St, "leads on both with and without " + Rule.What);
      return std::nullopt;
    }
    if (!finishEnd({&A->Steps, &St, A}))
      return std::nullopt;
  }
  if (Falls) {
    if (!B.addElse(St, Rule.Statement(St.Where.End))) {
      fail(St, "has no place for an else");
      return std::nullopt;
    }
    ++Added;
  }
  return State::Yes;
}

const Closure *EveryWay::reportsOwnClosure(const Step &St) const {
  if (!Rule.EndsInReports || St.K != Step::Kind::Do || St.InMacro)
    return nullptr;
  for (const Call &C : St.Calls) {
    const Api *A = Apis.find(C, B.file().Source->language());
    if (!A || !A->Reports || C.Conditional || C.OptionalChain || C.Awaited)
      continue;
    for (const Argument &Arg : C.Arguments)
      if (Arg.V.K == Value::Kind::Closure && Arg.V.ClosureIndex >= 0 &&
          static_cast<size_t>(Arg.V.ClosureIndex) < St.Closures.size())
        return &St.Closures[Arg.V.ClosureIndex];
  }
  return nullptr;
}

/// The end of \p Steps lies, on some way, in the completion of a report.
bool EveryWay::sinks(const std::vector<Step> &Steps) const {
  if (Steps.empty())
    return false;
  const Step &Last = Steps.back();
  if (reportsOwnClosure(Last))
    return true;
  if (Last.K != Step::Kind::Branch || Last.Branch == Step::BranchKind::Guard ||
      Last.InMacro)
    return false;
  return llvm::any_of(Last.Arms,
                      [&](const Arm &A) { return sinks(A.Steps); }) &&
         llvm::none_of(Last.Arms, [](const Arm &A) { return A.FallsThrough; });
}

/// "else if": the arm is the next link of a chain, and has no braces.
static bool isElseIf(const Arm *A) {
  return A && A->K == Arm::Kind::Else && A->Steps.size() == 1 &&
         A->Steps.front().K == Step::Kind::Branch &&
         A->Steps.front().Branch == Step::BranchKind::If &&
         A->Where.Begin == A->Steps.front().Where.Begin;
}

/// Does it at the end of a list in which nothing does.
bool EveryWay::finishEnd(const List &L) {
  if (!sinks(*L.Steps) && !isElseIf(L.A)) {
    size_t End = L.Steps->size();
    // In front of the "break" of a case.
    if (End > 0 && L.Steps->back().K == Step::Kind::Exit)
      --End;
    return callAt(L, End);
  }
  const Step &Last = L.Steps->back();
  if (const Closure *C = reportsOwnClosure(Last))
    return walkBody({&C->Steps, &Last, nullptr, C}, C->Where.End);
  for (const Arm &A : Last.Arms)
    if (!leaves(A.Steps) && !finishEnd({&A.Steps, &Last, &A}))
      return false;
  if (Last.HasElse)
    return true;
  ++Added;
  return B.addElse(Last, Rule.Statement(Last.Where.End)) ||
         fail(Last, "has no place for an else");
}

bool EveryWay::callAt(const List &L, unsigned Index) {
  const std::vector<Step> &Steps = *L.Steps;
  std::uint32_t At = 0;
  if (Index < Steps.size())
    At = Steps[Index].Where.Begin;
  else if (!Steps.empty())
    At = Steps.back().Where.End;
  else
    At = L.A ? L.A->Where.End : L.C ? L.C->Body.End : Fn->Body.End;
  const std::string Lines = Rule.Statement(At);
  bool Written = false;
  if (Index < Steps.size() && B.insertInLine(Steps[Index], Lines))
    Written = true;
  else if (L.C)
    Written = Index < Steps.size() ? B.insertBefore(Steps[Index], Lines)
                                   : B.insertAtEnd(*L.Of, *L.C, Lines);
  else if (L.A)
    Written = Index == 0             ? B.insertAtHead(*L.Of, *L.A, Lines)
              : Index < Steps.size() ? B.insertBefore(Steps[Index], Lines)
                                     : B.insertAtEnd(*L.Of, *L.A, Lines);
  else
    Written = Index < Steps.size()
                  ? (Index == 0 ? B.insertAtHead(*Fn, Lines)
                                : B.insertBefore(Steps[Index], Lines))
                  : B.insertAtEnd(*Fn, Lines);
  if (Written) {
    ++Added;
    return true;
  }
  if (Index < Steps.size())
    return fail(Steps[Index], "has no place for a statement");
  Why = Why.empty() ? "there is no place for a statement" : Why;
  return false;
}
