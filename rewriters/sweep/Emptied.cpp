//===-- Emptied.cpp - statements that go, and what they leave empty -------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Movable.h"
#include "rewriters/sweep/Sweep.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;
using llvm::StringRef;

/// Whether \p C only computes, as far as \p Apis tells.
static bool isPure(const Call &C, const Catalogue &Apis, Language L) {
  if (const Api *A = Apis.find(C, L))
    return A->E == Effect::Pure || A->E == Effect::LocalNotification;
  // A method of the project may do anything; making a value seldom does.
  return C.K == Call::Kind::Init || C.K == Call::Kind::PropertyRead ||
         C.K == Call::Kind::Subscript;
}

bool Sweep::hasNoEffect(const Step &S, Language L) const {
  bool Pure = true;
  forEachCall(S, [&](const Call &C) { Pure &= isPure(C, In.Apis, L); });
  return Pure;
}

/// Whether \p Of does nothing but run or ask for the one list that is empty.
static bool isNothingWithout(const Step &Of, const Level &Inner,
                             const Catalogue &Apis, Language L) {
  if (Inner.InClosure) {
    // DispatchQueue.main.async { }: the only closure, and nothing is kept.
    bool Hops = llvm::all_of(Of.Calls, [&](const Call &C) {
      const Api *A = Apis.find(C, L);
      return isPure(C, Apis, L) || (A && A->E == Effect::AsyncHop);
    });
    return Of.K == Step::Kind::Do && Of.Closures.size() == 1 && Hops &&
           Of.Assigns.empty() && Of.Arms.empty();
  }
  if (Of.K == Step::Kind::Scope)
    return true;
  return Of.K == Step::Kind::Branch && Of.Branch == Step::BranchKind::If &&
         Of.Arms.size() == 1 &&
         llvm::all_of(Of.Arms.front().Calls,
                      [&](const Call &C) { return isPure(C, Apis, L); });
}

bool Sweep::remove(const File &F, const std::vector<Level> &AllLevels,
                   std::vector<unsigned> Indices) {
  std::vector<Level> Levels = AllLevels;
  Language L = F.Source->language();
  llvm::sort(Indices);
  while (Levels.size() > 1 && Indices.size() == Levels.back().List->size()) {
    Level Inner = Levels.back();
    const Level &Outer = Levels[Levels.size() - 2];
    if (!isNothingWithout(Outer.step(), Inner, In.Apis, L))
      break;
    Indices = {Outer.Index};
    Levels.pop_back();
  }
  const std::vector<Step> &List = *Levels.back().List;
  if (llvm::any_of(Indices, [&](unsigned I) { return List[I].InMacro; }))
    return false;
  std::vector<Range> &Ranges = Gone[&F];
  for (unsigned I : Indices)
    Ranges.push_back(List[I].Where);
  // Locals that only these statements read, list by list outwards.
  auto TakeLocals = [&](const std::vector<Step> &Steps, unsigned Limit,
                        Range Around) {
    std::vector<unsigned> More;
    for (unsigned I = Limit; I-- != 0;) {
      const Step &S = Steps[I];
      if (S.K != Step::Kind::Declare || S.Declares.empty() || S.InMacro ||
          isGone(F, S.Where) || !hasNoEffect(S, L))
        continue;
      bool Served = false, Serves = false;
      for (const Declaration &D : S.Declares) {
        for (const Range &G : Ranges)
          Served |= mentions(F, G, D.Name);
        Range Behind{S.Where.End, Around.End};
        std::uint32_t At = Behind.Begin;
        // What lies between the statements that go.
        std::vector<Range> Sorted = Ranges;
        llvm::sort(Sorted, [](const Range &A, const Range &B) {
          return A.Begin < B.Begin;
        });
        for (const Range &G : Sorted) {
          if (G.Begin >= At && G.End <= Behind.End) {
            Serves |= mentions(F, {At, G.Begin}, D.Name);
            At = G.End;
          }
        }
        Serves |= At < Behind.End && mentions(F, {At, Behind.End}, D.Name);
      }
      if (!Served || Serves)
        continue;
      Ranges.push_back(S.Where);
      More.push_back(I);
    }
    return More;
  };
  for (std::size_t Depth = Levels.size(); Depth-- != 0;) {
    const Level &At = Levels[Depth];
    bool IsLast = Depth + 1 == Levels.size();
    Range Around = At.List->empty() ? Range()
                                    : Range{At.List->front().Where.Begin,
                                            At.List->back().Where.End};
    std::vector<unsigned> More =
        TakeLocals(*At.List, IsLast ? Indices.back() : At.Index, Around);
    if (IsLast)
      llvm::append_range(More, Indices);
    llvm::sort(More);
    More.erase(llvm::unique(More), More.end());
    removeSteps(Edits.of(F), *At.List, More);
  }
  return true;
}
