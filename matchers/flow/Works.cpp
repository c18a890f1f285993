//===-- Works.cpp - what is done on the way -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Engine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

/// A function that reaches half of the app would drown the handler's own
/// steps.
static constexpr std::size_t MaxWorks = 96;

/// The statement that makes the call; of a branch or a loop only the call
/// itself, since its arms are other statements.
Place Engine::statement(Frame &F, const Call &C) const {
  if (!Current || Current->K == Step::Kind::Branch ||
      Current->K == Step::Kind::Loop || Current->K == Step::Kind::Try ||
      Current->K == Step::Kind::Scope ||
      Current->K == Step::Kind::Configuration ||
      !Current->Where.contains(C.Where))
    return F.place(C.Where);
  return F.place(Current->Where);
}

unsigned Engine::remember(FoundWork W) {
  bool Own = isOwn(W.W.At);
  for (std::size_t I = 0; I < Seen->Works.size(); ++I) {
    FoundWork &O = Seen->Works[I];
    bool SamePlace = O.W.At.In == W.W.At.In && O.W.At.Where == W.W.At.Where &&
                     O.W.HandlerAt.Where == W.W.HandlerAt.Where;
    // A helper that does one thing in many places does it once, as far as the
    // handler's statement goes.
    bool SameDeed = W.W.HandlerAt && O.W.Api == W.W.Api && O.Arms == W.Arms &&
                    O.W.HandlerAt.Where == W.W.HandlerAt.Where;
    if (O.W.E == W.W.E && (SamePlace || SameDeed)) {
      O.Reports |= W.Reports;
      O.TakesPush |= W.TakesPush;
      O.W.Blocks |= W.W.Blocks;
      O.W.BeforeReport |= W.W.BeforeReport;
      O.Through.insert(W.Through.begin(), W.Through.end());
      // The badge shows what it is set to last.
      if (W.W.E == Effect::Badge)
        O.W.C = W.W.C;
      // "play(Int(text))" plays: the call around the others names the work.
      if (W.W.E == Effect::Unknown && W.W.C && O.W.C && W.W.C != O.W.C &&
          W.W.C->Where.contains(O.W.C->Where)) {
        O.W.C = W.W.C;
        O.W.Api = W.W.Api;
      }
      return unsigned(I);
    }
  }
  if (!Own && Seen->Works.size() >= MaxWorks) {
    Seen->MoreWorks = true;
    return unsigned(Seen->Works.size() - 1);
  }
  Seen->Works.push_back(std::move(W));
  return unsigned(Seen->Works.size() - 1);
}

static std::string spelled(const Call &C, const Api *A, Language L) {
  if (A && !(A->Swift.empty() && A->ObjC.empty()))
    return (L == Language::Swift && !A->Swift.empty()) || A->ObjC.empty()
               ? A->Swift
               : A->ObjC;
  if (C.Receiver.empty() || C.Receiver.size() > 60)
    return C.Name;
  return L == Language::Swift ? C.Receiver + "." + C.Name
                              : "[" + C.Receiver + " " + C.Name + "]";
}

bool Engine::isOwn(const Place &P) const {
  return P.In == &In && In.Functions[H.FunctionIndex].Where.contains(P.Where);
}

void Engine::did(FoundWork W, StateSet &States) {
  W.W.S = Current;
  W.W.InArm = Arms.empty() ? nullptr : Arms.back().A;
  W.Arms = Arms;
  bool ForCall = W.Reports && !W.IsPlaceholder;
  unsigned Index = remember(std::move(W));
  // Works tell no states apart, but for what reports.
  for (PathState &S : States) {
    S.ForCall |= ForCall;
    S.Works.insert(Index);
    if (S.R == Reported::No || S.R == Reported::Later)
      S.WorksBefore.insert(Index);
  }
}

/// Some way through \p S returns, other than one for an error.
static bool leavesEarly(const Step &S) {
  return llvm::any_of(S.Arms, [](const Arm &A) {
    if (llvm::StringRef(A.When.Text).contains_insensitive("err"))
      return false;
    return llvm::any_of(A.Steps, [](const Step &Inner) {
      return (Inner.K == Step::Kind::Exit &&
              Inner.Exit == Step::ExitKind::Return) ||
             leavesEarly(Inner);
    });
  });
}

/// The steps of \p C's closures, which are among \p S's.
static std::vector<const std::vector<Step> *> closuresOf(const Step &S,
                                                         const Call &C) {
  std::vector<const std::vector<Step> *> Found;
  for (const Argument &A : C.Arguments)
    if (int I = A.V.ClosureIndex;
        I >= 0 && static_cast<std::size_t>(I) < S.Closures.size())
      Found.push_back(&S.Closures[static_cast<std::size_t>(I)].Steps);
  return Found;
}

/// Whether every way through \p Steps on which there is a call ends it, here or
/// behind a hop to another queue or the main actor.
static bool endACall(const std::vector<Step> &Steps) {
  for (const Step &Inner : Steps) {
    if (leavesEarly(Inner))
      return false;
    for (const Call &End : Inner.Calls) {
      if (End.Name == "reportCallWithUUID:endedAtDate:reason:" ||
          (End.Name == "reportCall" &&
           llvm::any_of(End.Arguments, [](const Argument &X) {
             return X.Label == "endedAt";
           })))
        return true;
      if ((End.Name == "async" || End.Name == "dispatch_async" ||
           End.Name == "assumeIsolated" || End.Name == "Task") &&
          llvm::any_of(closuresOf(Inner, End),
                       [](const auto *C) { return endACall(*C); }))
        return true;
    }
  }
  return false;
}

/// Whether the closures of report \p C end the call on every way through them
/// on which there is one.
static bool endsItsCall(const Step *S, const Call &C) {
  return S && llvm::any_of(closuresOf(*S, C),
                           [](const auto *Steps) { return endACall(*Steps); });
}

/// Puts something into a collection.
static bool fills(const Call &C) {
  static constexpr llvm::StringLiteral Names[] = {
      "append",
      "insert",
      "updateValue",
      "addObject:",
      "insertObject:atIndex:",
      "addObjectsFromArray:",
      "setObject:forKey:",
      "setValue:forKey:",
      "setObject:forKeyedSubscript:"};
  return llvm::is_contained(Names, C.Name);
}

/// \p IsMereQuestion: what is asked may be made of the push, but nothing is
/// done with it.
void Engine::work(Frame &F, const Call &C, const Api *A, Effect E,
                  StateSet &States, bool IsMereQuestion) {
  if (States.empty())
    return;
  // What of the push is kept in a collection that outlives the handler is
  // worked on later.
  if (E == Effect::Pure && F.Depth == 0 && fills(C) && !C.Receiver.empty() &&
      !isLocal(F, C.Receiver) && takesPush(F, C)) {
    A = nullptr;
    E = Effect::Unknown;
  }
  // Values need no entry, unless they are what a notification shows.
  bool Builds = A && A->D == Destination::NotificationService;
  if (E == Effect::Pure && !Builds)
    return;
  FoundWork Found;
  Found.W.At = statement(F, C);
  Found.W.E = E;
  Found.W.D = A ? A->D : Destination::Unknown;
  Found.W.Api = spelled(C, A, F.file().Source->language());
  Found.W.Blocks = A && A->Blocks;
  Found.W.C = &C;
  Found.Through.insert(C.Name);
  Found.Reports = A && (A->Reports || !A->CallsBack.empty());
  Found.IsPlaceholder = A && A->Reports && endsItsCall(Current, C);
  Found.TakesPush = !IsMereQuestion && takesPush(F, C);
  did(std::move(Found), States);
}

bool Engine::isLocal(Frame &F, llvm::StringRef Name) const {
  if (Name.contains("self"))
    return false;
  Name = Name.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
  for (const Frame *At = &F; At; At = At->Outer)
    if (At->Locals.count(Name.str()))
      return true;
  return false;
}

/// State that outlives the handler.
void Engine::written(Frame &F, const Assignment &A, StateSet &States) {
  if (States.empty() || !Current || F.Depth > 0)
    return;
  // A property that the catalogue knows has been seen as a call.
  for (const Call &C : Current->Calls)
    if (C.K == Call::Kind::PropertyWrite && A.Where.contains(C.Where) &&
        Apis.find(C, F.file().Source->language()))
      return;
  FoundWork Found;
  Found.W.At = F.place(Current->Where);
  Found.W.E = Effect::Unknown;
  Found.W.Api = A.Target + " =";
  Found.TakesPush = isMadeOfPush(F, A.V.Text);
  Found.Through.insert(A.Target);
  did(std::move(Found), States);
}
