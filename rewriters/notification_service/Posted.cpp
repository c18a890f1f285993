//===-- Posted.cpp - a local notification and what builds it --------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/notification_service/Posted.h"
#include "rewriters/capture/Movable.h"
#include "rewriters/notification_service/PushGuards.h"
#include "rewriters/notification_service/Slice.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

static bool makesContent(const Declaration &D) {
  StringRef Init = D.Init.Text;
  return Init.contains("UNMutableNotificationContent") &&
         (Init.starts_with("UNMutableNotificationContent") ||
          Init.starts_with("["));
}

static bool makesLocalNotification(const Declaration &D) {
  StringRef Init = D.Init.Text;
  return Init.starts_with("UILocalNotification(") ||
         (Init.starts_with("[") && Init.contains("UILocalNotification"));
}

bool PostedNotification::isToldApart() const {
  auto Tells = [](const PushGuard &G) { return G.IsTelling; };
  return llvm::any_of(Guards, Tells) || llvm::any_of(CallGuards, Tells);
}

std::vector<std::string> PostedNotification::unasked() const {
  std::vector<std::string> All = Conditions;
  for (const Needs *N = Need.get(); N; N = N->outer())
    for (const Needs::Recomputed &R : N->prelude())
      llvm::erase_if(All, [&](const std::string &Condition) {
        return StringRef(R.Text).contains(Condition);
      });
  return All;
}

bool PostedNotification::covers(const Place &At) const {
  if (At.In != H.In)
    return false;
  // What the filler waits for is asked for there, too.
  for (const Callback &C : Callbacks)
    if (C.Owner->Where.contains(At.Where.Begin) &&
        !C.Body->Where.contains(At.Where.Begin))
      return true;
  const Step &Making = list()[Post];
  for (unsigned I = 0; I != list().size(); ++I) {
    const Step &S = list()[I];
    if (!S.Where.contains(At.Where.Begin))
      continue;
    // A request may be made in one statement and posted in another.
    return I == Declared || I == Post || llvm::is_contained(Moved, I) ||
           (I > Post &&
            (posts(S, *H.In) ||
             llvm::any_of(Making.Declares, [&](const Declaration &D) {
               return mentions(*H.In, S.Where, D.Name);
             })));
  }
  return false;
}

/// A statement in front of \p N's, or of what leads there, has posted.
static bool isBehindAnother(const File &F, const PostedNotification &N) {
  return llvm::any_of(N.Levels, [&](const Level &L) {
    bool IsOwn = L.List == &N.list();
    return llvm::any_of(
        llvm::ArrayRef(*L.List).take_front(IsOwn ? N.Declared : L.Index),
        [&](const Step &S) { return S.Arms.empty() && posts(S, F); });
  });
}

std::optional<PostedNotification> ringfence::badgeOfPush(const ProposeInput &In,
                                                         const Host &Caller,
                                                         std::uint32_t Offset) {
  PostedNotification N;
  N.H = Caller;
  N.IsLocal = N.IsBadge = true;
  N.Levels = levelsAt(*Caller.Fn, Offset);
  if (N.Levels.empty() || !badgeIn(N.Levels.back().step()) ||
      !N.Levels.back().step().Arms.empty() ||
      N.Levels.back().step().K != Step::Kind::Do)
    return std::nullopt;
  N.Declared = N.Post = N.Levels.back().Index;
  askWays(In, Caller, N.Levels, N, N.Guards);
  askCallers(In, N);
  chooseStatements(In, N);
  return N;
}

/// The way on from the last of \p Levels to the one statement in it that posts,
/// if that stands further in.
static std::vector<Level> levelsToPost(const Function &Fn, const File &F,
                                       const std::vector<Level> &Levels) {
  std::vector<std::vector<Level>> Found;
  forEachStep(Levels.back().step(), [&](const Step &S) {
    if (!posts(S, F) || !S.Arms.empty())
      return;
    bool Further = llvm::any_of(S.Closures, [&](const Closure &C) {
      return llvm::any_of(C.Steps,
                          [&](const Step &Inner) { return posts(Inner, F); });
    });
    if (Further)
      return;
    std::vector<Level> Way = levelsAt(Fn, S.Where.Begin);
    // A request is made in one statement and posted in the next.
    bool IsSame = llvm::any_of(Found, [&](const std::vector<Level> &Other) {
      return Other.back().List == Way.back().List;
    });
    if (!IsSame)
      Found.push_back(std::move(Way));
  });
  return Found.size() == 1 ? std::move(Found.front()) : Levels;
}

/// \p N, whose statements cannot move as they stand, with what fills the
/// content further in or in a callback; none if that changes nothing.
static std::optional<PostedNotification>
filledDeeper(const ProposeInput &In, const Host &Caller,
             const PostedNotification &N) {
  PostedNotification D;
  D.H = Caller;
  D.Levels = N.Levels;
  D.Content = N.Content;
  D.Declared = N.Declared;
  D.Post = N.Post;
  D.PostLevels = levelsToPost(*Caller.Fn, *Caller.In, N.Levels);
  if (D.PostLevels.size() < D.Levels.size())
    return std::nullopt;
  D.Callbacks = callbacksOn(In, Caller, D.PostLevels, D.Blockers);
  if (D.PostLevels.size() == D.Levels.size() && !D.waits())
    return std::nullopt;
  askWays(In, Caller, D.PostLevels, D, D.Guards);
  askCallers(In, D);
  chooseDeeperStatements(In, D);
  return D;
}

std::optional<PostedNotification>
ringfence::postedNotification(const ProposeInput &In, const Host &Caller,
                              std::uint32_t Offset,
                              std::optional<CallDecision> Decision) {
  PostedNotification N;
  N.H = Caller;
  N.Decision = std::move(Decision);
  std::vector<Level> Levels = levelsAt(*Caller.Fn, Offset);
  while (!Levels.empty()) {
    const std::vector<Step> &List = *Levels.back().List;
    for (unsigned I = 0; I <= Levels.back().Index; ++I)
      for (const Declaration &D : List[I].Declares)
        if (List[I].K == Step::Kind::Declare &&
            (makesContent(D) || makesLocalNotification(D))) {
          N.Declared = I;
          N.Content = D.Name;
          N.IsLocal = !makesContent(D);
        }
    if (!N.Content.empty())
      break;
    Levels.pop_back();
  }
  if (Levels.empty())
    return std::nullopt;
  N.Levels = std::move(Levels);
  const std::vector<Step> &List = N.list();
  for (N.Post = N.Declared + 1; N.Post < List.size(); ++N.Post)
    if (posts(List[N.Post], *Caller.In))
      break;
  if (N.Post == List.size())
    return std::nullopt;
  // What is visible at the post is what the moved statements may use.
  N.Levels.back().Index = N.Post;
  N.IsBehindAnother = isBehindAnother(*Caller.In, N);
  askWays(In, Caller, N.Levels, N, N.Guards);
  askCallers(In, N);
  chooseStatements(In, N);
  if (N.Blockers.empty() || N.IsMoved || N.IsLocal || N.Decision)
    return N;
  std::optional<PostedNotification> Deeper = filledDeeper(In, Caller, N);
  if (Deeper && Deeper->Blockers.size() <= N.Blockers.size())
    return Deeper;
  return N;
}
