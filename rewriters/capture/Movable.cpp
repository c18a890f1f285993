//===-- Movable.cpp - whether a statement may move as a whole -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Movable.h"
#include "rewriters/capture/Scope.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

namespace {
/// What surrounds a nested statement within the one that is to move.
struct Around {
  bool Loop = false, Switch = false, Catches = false, MaySuspend = false;
};
} // namespace

static std::string why(const Step &S, Around A) {
  if (S.InMacro)
    return "stands in a macro";
  bool Awaits = false, Throws = false;
  auto Look = [&](const Call &C) {
    Awaits |= C.Awaited;
    Throws |= C.Try == Call::TryForm::Try;
  };
  llvm::for_each(S.Calls, Look);
  for (const Arm &Inner : S.Arms)
    llvm::for_each(Inner.Calls, Look);
  if (Awaits && !A.MaySuspend)
    return "suspends";
  if (Throws && !A.Catches)
    return "throws to the statements around it";
  switch (S.K) {
  case Step::Kind::Do:
  case Step::Kind::Declare:
  case Step::Kind::Scope:
  case Step::Kind::LocalFunction:
    break;
  case Step::Kind::Branch:
    if (S.Branch == Step::BranchKind::Guard)
      return "may leave the function";
    A.Switch |= S.Branch == Step::BranchKind::Switch;
    break;
  case Step::Kind::Loop:
    A.Loop = true;
    break;
  case Step::Kind::Exit:
    if (((S.Exit == Step::ExitKind::Break) && (A.Loop || A.Switch)) ||
        ((S.Exit == Step::ExitKind::Continue) && A.Loop) ||
        ((S.Exit == Step::ExitKind::Fallthrough) && A.Switch))
      return "";
    return "leaves the function";
  case Step::Kind::Defer:
    return "runs when the scope is left";
  case Step::Kind::Configuration:
    return "stands across #if";
  case Step::Kind::Try:
    break;
  case Step::Kind::Opaque:
    return "is not understood";
  }
  for (const Arm &Inner : S.Arms) {
    Around In = A;
    if (S.K == Step::Kind::Try && Inner.K == Arm::Kind::Body)
      In.Catches = llvm::any_of(
          S.Arms, [](const Arm &C) { return C.K == Arm::Kind::Catch; });
    for (const Step &Nested : Inner.Steps)
      if (std::string W = why(Nested, In); !W.empty())
        return W;
  }
  return "";
}

std::string ringfence::whyNotMovable(const Step &S, bool MaySuspend) {
  Around A;
  A.MaySuspend = MaySuspend;
  return why(S, A);
}

bool ringfence::suspends(const Step &S) {
  bool Awaits = false;
  forEachCall(S, [&](const Call &C) { Awaits |= C.Awaited; });
  return Awaits;
}

static bool takeMore(const File &F, const std::vector<Step> &List,
                     std::vector<bool> &Taken, unsigned Limit,
                     std::optional<unsigned> Except) {
  bool Added = false;
  for (unsigned I = 0; I < Limit; ++I) {
    const Step &S = List[I];
    if (Taken[I] || I == Except || S.K != Step::Kind::Declare)
      continue;
    auto Mentions = [&](unsigned J) {
      return llvm::any_of(S.Declares, [&](const Declaration &D) {
        return mentions(F, List[J].Where, D.Name);
      });
    };
    auto Sets = [&](unsigned J) {
      return J < Limit && J != Except &&
             llvm::any_of(
                 S.Declares,
                 [&](const Declaration &D) { return writes(List[J], D.Name); });
    };
    bool Needed = false, NeededHere = false;
    for (unsigned J = I + 1; J != List.size(); ++J) {
      if (J == Except || !Mentions(J))
        continue;
      Needed |= Taken[J];
      NeededHere |= !Taken[J] && !Sets(J);
    }
    if (!Needed || NeededHere)
      continue;
    Taken[I] = Added = true;
    for (unsigned J = I + 1; J < Limit; ++J)
      Taken[J] = Taken[J] || Sets(J);
  }
  return Added;
}

void ringfence::takeDeclarations(const File &F, const std::vector<Step> &List,
                                 std::vector<bool> &Taken, unsigned Limit,
                                 std::optional<unsigned> Except) {
  while (takeMore(F, List, Taken, Limit, Except))
    ;
}

void ringfence::removeSteps(Builder &B, const std::vector<Step> &List,
                            llvm::ArrayRef<unsigned> Indices) {
  const SourceFile &Source = *B.file().Source;
  auto IsBlank = [&](unsigned Line) {
    return Line >= 1 && Line <= Source.lineCount() &&
           Source.lineText(Line).trim().empty();
  };
  for (std::size_t I = 0; I != Indices.size(); ++I) {
    const Step &S = List[Indices[I]];
    B.remove(S);
    if (I + 1 != Indices.size() && Indices[I + 1] == Indices[I] + 1)
      continue; // one run
    // The run's first statement decides what stands above it.
    std::size_t First = I;
    while (First != 0 && Indices[First - 1] + 1 == Indices[First])
      --First;
    unsigned Above = Source.line(List[Indices[First]].WithComments.Begin) - 1;
    unsigned Below = Source.line(S.WithComments.End - 1) + 1;
    if ((Indices[First] == 0 || IsBlank(Above)) && IsBlank(Below) &&
        Below < Source.lineCount())
      B.replace({Source.lineBegin(Below), Source.lineBegin(Below + 1)}, "");
  }
}

bool ringfence::mentions(const File &F, Range R, llvm::StringRef Name) {
  for (const Word &W : words(F.Source->bytes(), R, F.Source->language()))
    if (W.Text == Name && !W.IsMember && !W.IsLabel)
      return true;
  return false;
}
