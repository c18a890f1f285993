//===-- Scope.cpp - where a statement stands and what it sees -------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Scope.h"
#include "llvm/ADT/StringRef.h"

using namespace ringfence;

/// The list below \p S that holds \p Offset, or one whose List is null.
static Level below(const Step &S, std::uint32_t Offset) {
  auto Holds = [&](const std::vector<Step> &Steps) {
    for (const Step &Inner : Steps)
      if (Inner.Where.contains(Offset))
        return true;
    return false;
  };
  auto InClosures = [&](const std::vector<Closure> &Closures) -> Level {
    for (const Closure &C : Closures)
      if (C.Where.contains(Offset) && Holds(C.Steps))
        return {&C.Steps, 0, &S, nullptr, &C};
    return {};
  };
  if (Level L = InClosures(S.Closures); L.List)
    return L;
  for (const Arm &A : S.Arms) {
    if (Holds(A.Steps))
      return {&A.Steps, 0, &S, &A, nullptr};
    if (Level L = InClosures(A.Closures); L.List)
      return L;
  }
  return {};
}

std::vector<Level> ringfence::levelsAt(const Function &F,
                                       std::uint32_t Offset) {
  std::vector<Level> Levels;
  Level L{&F.Steps, 0, nullptr, nullptr, nullptr};
  while (L.List) {
    unsigned I = 0;
    while (I < L.List->size() && !(*L.List)[I].Where.contains(Offset))
      ++I;
    if (I == L.List->size())
      break;
    L.Index = I;
    Levels.push_back(L);
    L = below((*L.List)[I], Offset);
  }
  return Levels;
}

/// The statement of \p List before \p End that sets \p D, declared by
/// statement \p At, as the first to name it.
static const Step *setBy(const Declaration &D, const std::vector<Step> &List,
                         unsigned At, unsigned End) {
  for (unsigned I = At + 1; I < End; ++I) {
    const Step &S = List[I];
    bool Sets = S.Assigns.size() == 1 && S.Assigns.front().Target == D.Name;
    if (Sets && S.Arms.empty() && S.Closures.empty() && S.Declares.empty() &&
        !llvm::StringRef(S.Assigns.front().V.Text).contains(D.Name))
      return &S;
    bool Names = false;
    forEachStep(S, [&](const Step &Inner) {
      Names |= writes(Inner, D.Name);
      for (const Call &C : Inner.Calls) {
        Names |= llvm::StringRef(C.Receiver).contains(D.Name);
        for (const Argument &A : C.Arguments)
          Names |= llvm::StringRef(A.V.Text).contains(D.Name);
      }
      for (const Declaration &Other : Inner.Declares)
        Names |= llvm::StringRef(Other.Init.Text).contains(D.Name);
      for (const Arm &A : Inner.Arms)
        Names |= llvm::StringRef(A.When.Text).contains(D.Name);
    });
    if (Names)
      return nullptr;
  }
  return nullptr;
}

/// What statement \p At of \p List declares for the statements behind it.
static void addDeclared(const std::vector<Step> &List, unsigned At,
                        unsigned End, std::vector<Local> &Locals) {
  const Step &S = List[At];
  bool IsGuard =
      S.K == Step::Kind::Branch && S.Branch == Step::BranchKind::Guard;
  auto KindOf = [&](const Declaration &D) {
    if (S.K == Step::Kind::Declare)
      return Local::Kind::Plain;
    // A pattern has no value of its own.
    return IsGuard && !D.Init.Text.empty() ? Local::Kind::Guarded
                                           : Local::Kind::Bound;
  };
  for (const Declaration &D : S.Declares)
    Locals.push_back({D.Name, KindOf(D), &D, &S,
                      KindOf(D) == Local::Kind::Plain && !D.Constant
                          ? setBy(D, List, At, End)
                          : nullptr});
}

std::vector<Local> ringfence::localsAt(const Function &F,
                                       const std::vector<Level> &Levels) {
  std::vector<Local> Locals;
  for (const Parameter &P : F.Parameters)
    Locals.push_back(
        {P.Name, Local::Kind::Parameter, nullptr, nullptr, nullptr});
  for (const Level &L : Levels) {
    if (L.InClosure)
      for (const Parameter &P : L.InClosure->Parameters)
        Locals.push_back(
            {P.Name, Local::Kind::ClosureParameter, nullptr, L.Owner, nullptr});
    if (L.InArm) {
      bool IsIf = L.Owner->K == Step::Kind::Branch &&
                  L.Owner->Branch == Step::BranchKind::If &&
                  L.InArm->K == Arm::Kind::Then;
      for (const Declaration &D : L.InArm->Declares)
        Locals.push_back({D.Name,
                          IsIf && !D.Init.Text.empty() ? Local::Kind::Unwrapped
                                                       : Local::Kind::Bound,
                          &D, L.Owner, nullptr});
    }
    for (unsigned I = 0; I != L.Index; ++I)
      addDeclared(*L.List, I, L.Index, Locals);
  }
  return Locals;
}

std::vector<std::string> ringfence::declaredIn(const Step &S) {
  std::vector<std::string> Names;
  auto Add = [&](const std::vector<Closure> &Closures) {
    for (const Closure &C : Closures)
      for (const Parameter &P : C.Parameters)
        Names.push_back(P.Name);
  };
  forEachStep(S, [&](const Step &Inner) {
    for (const Declaration &D : Inner.Declares)
      Names.push_back(D.Name);
    for (const Parameter &P : Inner.Parameters)
      Names.push_back(P.Name);
    Add(Inner.Closures);
    for (const Arm &A : Inner.Arms) {
      for (const Declaration &D : A.Declares)
        Names.push_back(D.Name);
      Add(A.Closures);
    }
  });
  return Names;
}

bool ringfence::writes(const Step &S, llvm::StringRef Name) {
  auto Fits = [&](llvm::StringRef Target) {
    for (llvm::StringRef Prefix : {"self.", "self->", ""}) {
      llvm::StringRef T = Target;
      if (!T.consume_front(Prefix))
        continue;
      T.consume_front("_");
      llvm::StringRef N = Name;
      N.consume_front("_");
      if (T.consume_front(N) && (T.empty() || T.front() == '['))
        return true;
    }
    return false;
  };
  bool Found = false;
  forEachStep(S, [&](const Step &Inner) {
    for (const Assignment &A : Inner.Assigns)
      Found |= Fits(A.Target);
    for (const std::string &W : Inner.Writes)
      Found |= Fits(W);
  });
  return Found;
}
