//===-- HandlerWork.cpp - what a handler does, item by item -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/plan/HandlerWork.h"
#include "matchers/checks/HandlerFindings.h"
#include "rewriters/capture/Scope.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// \p W only makes or fills a notification that other work shows.
static bool fillsContent(const Work &W) {
  StringRef Api = W.Api;
  return W.E == Effect::Pure && (Api.contains("NotificationContent") ||
                                 Api.contains("UNNotificationRequest") ||
                                 Api.contains("UNNotificationSound") ||
                                 Api.contains("NotificationTrigger") ||
                                 Api.contains("UILocalNotification"));
}

static bool isLeftOut(const Work &W) {
  return W.E == Effect::Log || W.E == Effect::Completion ||
         W.E == Effect::Pure || W.E == Effect::CallSetup;
}

/// A call of which nothing is known, and which stays where it is. In a handler
/// that cannot be judged it may be what the push is handed to.
static bool saysNothing(const Work &W, const JudgedHandler &H) {
  return W.E == Effect::Unknown && H.V.R != Reports::Unknown &&
         (W.D == Destination::AfterReport || W.D == Destination::Keep);
}

static bool belongTogether(const Work &A, const WorkItem &B) {
  return A.At.In == B.At.In && A.InArm == B.InArm && A.D == B.D;
}

static std::string whatIs(const Work &W) {
  if (W.E == Effect::CallReport)
    return "reports a call with '" + W.Api + "'";
  if (W.E == Effect::CallUpdate)
    return "updates or ends a call with '" + W.Api + "'";
  return checks::phraseFor(W);
}

/// One item for what one statement of the handler leads to in helpers, if it is
/// of one kind and goes one way: a data base is opened, asked and closed.
static void foldAlike(std::vector<WorkItem> &Items) {
  std::vector<WorkItem> Folded;
  std::vector<unsigned> More;
  for (WorkItem &W : Items) {
    auto Like = llvm::find_if(Folded, [&](const WorkItem &Known) {
      return W.HandlerAt && W.E != Effect::CallReport && Known.E == W.E &&
             Known.D == W.D && Known.Reason == W.Reason &&
             Known.InArm == W.InArm && Known.HandlerAt.In == W.HandlerAt.In &&
             Known.HandlerAt.Where == W.HandlerAt.Where;
    });
    if (Like == Folded.end()) {
      Folded.push_back(std::move(W));
      More.push_back(0);
      continue;
    }
    llvm::append_range(Like->Steps, W.Steps);
    ++More[Like - Folded.begin()];
  }
  for (std::size_t I = 0; I != Folded.size(); ++I)
    if (More[I])
      Folded[I].What += " (and " + std::to_string(More[I]) + " more like it)";
  Items = std::move(Folded);
}

static bool within(Range Inner, Range Outer) {
  return Outer.Begin <= Inner.Begin && Inner.End <= Outer.End;
}

/// The statement of the handler that leads to \p W stands in a closure.
static bool inClosure(const JudgedHandler &H, const WorkItem &W) {
  bool Found = false;
  for (const Step &S : H.function().Steps)
    forEachStep(S, [&](const Step &Inner) {
      Found |= llvm::any_of(Inner.Closures, [&](const Closure &C) {
        return W.HandlerAt && within(W.HandlerAt.Where, C.Where);
      });
    });
  return Found;
}

bool ringfence::isLateReport(const JudgedHandler &H,
                             const std::vector<WorkItem> &Items,
                             const WorkItem &W) {
  if (W.E != Effect::CallReport)
    return false;
  bool IsLateSomewhere = llvm::any_of(H.V.Exits, [&](const UnreportedExit &E) {
    return E.Late && E.LateReport.In == W.At.In &&
           (within(E.LateReport.Where, W.At.Where) ||
            within(W.At.Where, E.LateReport.Where));
  });
  if (!IsLateSomewhere || !W.HandlerAt || inClosure(H, W))
    return IsLateSomewhere;
  // The same helper may be called at once here and later there.
  return llvm::none_of(Items, [&](const WorkItem &Other) {
    return Other.E == Effect::CallReport && Other.At.In == W.At.In &&
           Other.At.Where == W.At.Where && inClosure(H, Other);
  });
}

std::vector<WorkItem> ringfence::workItems(const JudgedHandler &H) {
  std::vector<WorkItem> Items;
  std::vector<unsigned> Fillers;
  for (unsigned I = 0; I != H.V.Steps.size(); ++I) {
    const Work &W = H.V.Steps[I];
    if (fillsContent(W)) {
      Fillers.push_back(I);
      continue;
    }
    if (isLeftOut(W) || saysNothing(W, H))
      continue;
    auto Same = llvm::find_if(Items, [&](const WorkItem &Known) {
      return Known.At.In == W.At.In && Known.At.Where == W.At.Where &&
             Known.What == whatIs(W) && Known.D == W.D &&
             (W.E != Effect::CallReport ||
              Known.HandlerAt.Where == W.HandlerAt.Where);
    });
    if (Same != Items.end()) {
      Same->Steps.push_back(I);
      continue;
    }
    Items.push_back(
        {W.At, W.HandlerAt, whatIs(W), W.E, W.D, W.Reason, W.InArm, {I}});
  }
  for (unsigned I : Fillers) {
    const Work &W = H.V.Steps[I];
    for (WorkItem &Item : Items)
      if (Item.E == Effect::LocalNotification && belongTogether(W, Item)) {
        Item.At.Where.Begin = std::min(Item.At.Where.Begin, W.At.Where.Begin);
        Item.Steps.push_back(I);
        if (StringRef(Item.What).starts_with("shows or takes back"))
          Item.What = "builds and shows a notification with '" +
                      H.V.Steps[Item.Steps.front()].Api + "'";
        break;
      }
  }
  // A helper's name says nothing more where what it does is known.
  const std::vector<WorkItem> All = Items;
  llvm::erase_if(Items, [&](const WorkItem &W) {
    return W.E == Effect::Unknown && !W.HandlerAt &&
           llvm::any_of(All, [&](const WorkItem &Other) {
             return Other.HandlerAt && Other.D == W.D &&
                    Other.HandlerAt.In == W.At.In &&
                    Other.HandlerAt.line() == W.At.line();
           });
  });
  foldAlike(Items);
  llvm::stable_sort(Items, [&](const WorkItem &A, const WorkItem &B) {
    auto Key = [](const WorkItem &W) {
      return (W.HandlerAt ? W.HandlerAt : W.At).Where.Begin;
    };
    return Key(A) < Key(B);
  });
  return Items;
}
