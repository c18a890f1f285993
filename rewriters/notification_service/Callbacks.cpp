//===-- Callbacks.cpp - what the filling of a content waits for -----------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Movable.h"
#include "rewriters/notification_service/Slice.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// The call of \p Owner that takes the closure \p C; null if it is none of its
/// arguments.
static const Call *takerOf(const Step &Owner, const Closure &C) {
  for (const Call &Each : Owner.Calls)
    for (const Argument &A : Each.Arguments)
      if (A.V.K == Value::Kind::Closure && A.V.ClosureIndex >= 0 &&
          static_cast<std::size_t>(A.V.ClosureIndex) < Owner.Closures.size() &&
          &Owner.Closures[A.V.ClosureIndex] == &C)
        return &Each;
  return nullptr;
}

static bool awaits(const Closure &C) {
  return llvm::any_of(C.Steps, [](const Step &S) { return suspends(S); });
}

/// Whether \p C runs at once, or is only put on a queue.
static bool isHop(const ProposeInput &In, Language L, const Call *Taker,
                  const Closure &C) {
  if (!Taker || awaits(C) || !C.Parameters.empty())
    return false;
  const Api *A = In.Apis.find(*Taker, L);
  return A && (A->ClosuresRun == Runs::Now || A->ClosuresRun == Runs::Either ||
               A->E == Effect::AsyncHop);
}

/// Whether \p Other, a closure of the same call as the one that posts, is for
/// another end of the work: it completes the push, or says that it is about a
/// failure.
static bool isAnotherEnd(const Call &Taker, const Step &Owner,
                         const Closure &Other, const Host &H) {
  for (const Argument &A : Taker.Arguments) {
    bool IsIt =
        A.V.K == Value::Kind::Closure && A.V.ClosureIndex >= 0 &&
        static_cast<std::size_t>(A.V.ClosureIndex) < Owner.Closures.size() &&
        &Owner.Closures[A.V.ClosureIndex] == &Other;
    if (!IsIt)
      continue;
    StringRef Label = A.Label;
    for (StringRef Word : {"fail", "error", "catch", "reject", "cancel"})
      if (Label.contains_insensitive(Word))
        return true;
  }
  return !H.Completion.empty() && mentions(*H.In, Other.Where, H.Completion);
}

std::vector<Callback>
ringfence::callbacksOn(const ProposeInput &In, const Host &H,
                       const std::vector<Level> &Levels,
                       std::vector<std::string> &Blockers) {
  std::vector<Callback> All;
  for (std::size_t K = 1; K < Levels.size(); ++K) {
    const Level &L = Levels[K];
    if (!L.InClosure)
      continue;
    const Step &Owner = *L.Owner;
    const Call *Taker = takerOf(Owner, *L.InClosure);
    if (isHop(In, H.language(), Taker, *L.InClosure))
      continue;
    std::string Line =
        "line " + std::to_string(H.In->Source->line(Owner.Where.Begin)) + " ";
    auto Block = [&](StringRef Why) { Blockers.push_back(Line + Why.str()); };
    if (!Taker || !Owner.Arms.empty() || Owner.K == Step::Kind::Exit) {
      Block("hands over a callback in a way that cannot be waited for");
      continue;
    }
    if (Owner.InMacro)
      Block("stands in a macro");
    if (llvm::any_of(Owner.Calls, [](const Call &C) {
          return C.Try == Call::TryForm::Try || C.Awaited;
        }))
      Block("throws or suspends where it hands over a callback");
    Callback C;
    C.Owner = &Owner;
    C.Body = L.InClosure;
    C.MayAwait = awaits(*L.InClosure);
    for (const Closure &Other : Owner.Closures)
      if (&Other != C.Body) {
        if (isAnotherEnd(*Taker, Owner, Other, H))
          C.Others.push_back(&Other);
        else
          Block("calls back in more ways than one");
      }
    // "let task = session.dataTask(…) { … }", and then "task.resume()".
    const std::vector<Step> &List = *Levels[K - 1].List;
    for (const Declaration &D : Owner.Declares)
      for (unsigned I = Levels[K - 1].Index + 1; I < List.size(); ++I) {
        if (!mentions(*H.In, List[I].Where, D.Name))
          continue;
        if (List[I].K == Step::Kind::Do && List[I].Arms.empty() &&
            List[I].Closures.empty())
          C.Starts.push_back(&List[I]);
        else
          Block("makes something that is used in more than one statement");
      }
    All.push_back(std::move(C));
  }
  return All;
}
