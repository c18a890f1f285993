//===-- CompletionCalls.cpp - calls the completion handler on every way -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/CompletionCalls.h"
#include "rewriters/callkit/Blocks.h"
#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include <utility>

using namespace ringfence;

CompletionCalls::CompletionCalls(const Function &TheFn, std::string TheName,
                                 const Catalogue &TheApis, Builder &TheBuilder)
    : Fn(TheFn), Name(std::move(TheName)), Apis(TheApis), B(TheBuilder),
      Swift(B.file().Source->language() == Language::Swift) {}

bool CompletionCalls::write() { return walkBody({&Fn.Steps}, Fn.Body.End); }

bool CompletionCalls::names(Range R) const {
  return llvm::any_of(
      words(B.file().Source->bytes(), R, B.file().Source->language()),
      [&](const Word &W) {
        return W.Text == Name && !W.IsMember && !W.IsLabel;
      });
}

bool CompletionCalls::fail(const Step &At, llvm::StringRef What) {
  if (Why.empty())
    Why = "line " + std::to_string(B.file().Source->line(At.Where.Begin)) +
          " " + What.str();
  return false;
}

/// In Objective-C as the file calls it, guarded unless it never is.
std::string CompletionCalls::statement() const {
  if (Swift)
    return Name + "()\n";
  bool Unguarded = llvm::any_of(Fn.Steps, [&](const Step &S) {
    bool Plain = false;
    forEachStep(S, [&](const Step &Inner) {
      Plain |= Inner.K == Step::Kind::Do && isCompletionCall(Inner, Name);
      if (Inner.K == Step::Kind::Branch && isCompletionCall(Inner, Name))
        Plain = false;
    });
    return Plain;
  });
  return (Unguarded ? "" : "if (" + Name + ") ") + Name + "();\n";
}

/// A body that is left by itself: a function's or a closure's.
bool CompletionCalls::walkBody(const List &L, std::uint32_t Until) {
  std::uint32_t Outer = std::exchange(BodyEnd, Until);
  std::optional<State> End = walk(L, State::No);
  BodyEnd = Outer;
  if (!End)
    return false;
  if (leaves(*L.Steps) || *End == State::Yes)
    return true;
  if (*End == State::Maybe)
    return L.Steps->empty() ? false
                            : fail(L.Steps->back(),
                                   "is reached both with and without a call "
                                   "of the completion handler");
  return finishEnd(L);
}

std::optional<CompletionCalls::State> CompletionCalls::walk(const List &L,
                                                            State S) {
  for (unsigned I = 0; I < L.Steps->size(); ++I) {
    std::optional<State> Next = walkStep((*L.Steps)[I], L, I, S);
    if (!Next)
      return std::nullopt;
    S = *Next;
  }
  return S;
}

std::optional<CompletionCalls::State> CompletionCalls::walkStep(const Step &St,
                                                                const List &L,
                                                                unsigned Index,
                                                                State S) {
  const bool Named = names(St.Where);
  if (St.K == Step::Kind::Exit) {
    if (St.Exit != Step::ExitKind::Return)
      return S;
    if (Named || S == State::Yes)
      return State::Yes;
    if (S == State::Maybe) {
      fail(St, "is reached both with and without a call of the completion "
               "handler");
      return std::nullopt;
    }
    if (!callAt(L, Index))
      return std::nullopt;
    return State::Yes;
  }
  if (isCompletionCall(St, Name))
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
      if (A.K == Arm::Kind::Conditional && names(A.Where)) {
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
  // A closure that names the handler has the rest of the way to itself.
  bool InClosure = false;
  for (const Closure &C : St.Closures)
    if (names(C.Where)) {
      InClosure = true;
      if (S != State::Yes &&
          !walkBody({&C.Steps, &St, nullptr, &C}, C.Where.End))
        return std::nullopt;
    }
  if (InClosure)
    return State::Yes;
  bool Sure = llvm::none_of(
      St.Calls, [&](const Call &C) { return C.Conditional && names(C.Where); });
  return Sure ? State::Yes : State::Maybe;
}

std::optional<CompletionCalls::State>
CompletionCalls::walkBranch(const Step &St, State S) {
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
  // What follows may call it for the others.
  if (S == State::Maybe || names({St.Where.End, BodyEnd}))
    return State::Maybe;
  // Some arms call the handler and run on: so does each of the others.
  for (auto &[A, Done] : Open) {
    if (Done == State::Yes)
      continue;
    if (Done == State::Maybe || A->FallsThrough) {
      fail(St, "leads on both with and without a call of the completion "
               "handler");
      return std::nullopt;
    }
    if (!finishEnd({&A->Steps, &St, A}))
      return std::nullopt;
  }
  if (Falls) {
    if (!B.addElse(St, statement())) {
      fail(St, "has no place for an else");
      return std::nullopt;
    }
    ++Added;
  }
  return State::Yes;
}

const Closure *CompletionCalls::reportsOwnClosure(const Step &St) const {
  if (St.K != Step::Kind::Do || St.InMacro)
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
bool CompletionCalls::sinks(const std::vector<Step> &Steps) const {
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

/// Calls the handler at the end of a list that nothing calls it in.
bool CompletionCalls::finishEnd(const List &L) {
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
  return B.addElse(Last, statement()) || fail(Last, "has no place for an else");
}

bool CompletionCalls::callAt(const List &L, unsigned Index) {
  const std::string Lines = statement();
  const std::vector<Step> &Steps = *L.Steps;
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
                  ? (Index == 0 ? B.insertAtHead(Fn, Lines)
                                : B.insertBefore(Steps[Index], Lines))
                  : B.insertAtEnd(Fn, Lines);
  if (Written) {
    ++Added;
    return true;
  }
  if (Index < Steps.size())
    return fail(Steps[Index], "has no place for a statement");
  Why = Why.empty() ? "there is no place for a statement" : Why;
  return false;
}
