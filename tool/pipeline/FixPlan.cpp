//===-- FixPlan.cpp - what fix previews and applies -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/FixPlan.h"
#include "rewriters/edit/Merge.h"
#include "rewriters/edit/TextEdits.h"
#include "tool/pipeline/AnalysisState.h"
#include "tool/pipeline/Round.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

namespace {

class Planner {
public:
  Planner(Project &Origin, const FixPlanOptions &Options)
      : Origin(Origin), Options(Options) {}

  FixPlan plan(Round First) {
    std::unique_ptr<Project> Changed; // none as long as nothing is
    Round Now = std::move(First);
    for (MigrationStep Step : Options.Steps) {
      Project &P = Changed ? *Changed : Origin;
      if (!takeStep(P, Now, Step))
        continue;
      auto Next = std::make_unique<Project>(Origin, State);
      Now = look(*Next);
      Changed = std::move(Next);
    }
    for (const Finding &F : Now.Findings)
      Result.Left.push_back(F.S);
    for (const auto &[Path, Bytes] : State)
      Result.Changes[Path] = {Origin.read(Path), Bytes};
    return std::move(Result);
  }

private:
  bool isWanted(const FixSet &S, const Round &R) const {
    if (Options.OnlyCheck.empty())
      return true;
    return llvm::any_of(S.Findings, [&](unsigned I) {
      llvm::StringRef Id = R.Findings[I].Check;
      return Id == Options.OnlyCheck || Id == "ringfence-" + Options.OnlyCheck;
    });
  }

  /// Adds what \p Step contributes; false if that is nothing.
  bool takeStep(Project &P, Round &R, MigrationStep Step) {
    std::vector<FixSet> Taken;
    for (FixSet &S : verifiedFixSets(P, R, Step, Result.Problems)) {
      if (!isWanted(S, R))
        continue;
      if (S.A > Options.Level) {
        std::string Level = nameOf(S.A).str();
        Result.Held.push_back({std::move(S), std::move(Level), true});
        continue;
      }
      Taken.push_back(std::move(S));
    }
    Merged All = merge(Taken);
    for (const Collision &C : All.LeftOut)
      Result.Held.push_back(
          {Taken[C.Set],
           "it overlaps with \"" + Taken[C.Before].Title + "\": " + C.Why,
           false});
    for (unsigned I : All.Taken)
      add(P, Taken, All.Taken, I);
    for (const auto &[Path, Bytes] : Latest)
      State[Path] = Bytes;
    return !All.Taken.empty();
  }

  /// Plans set \p I of \p Sets: what it changes beyond the taken ones before.
  void add(Project &P, const std::vector<FixSet> &Sets,
           llvm::ArrayRef<unsigned> Taken, unsigned I) {
    PlannedSet Planned;
    Planned.Set = Sets[I];
    auto Through = [&](llvm::StringRef Path, bool Including) {
      std::vector<Edit> Edits;
      for (unsigned J : Taken) {
        if (J > I || (J == I && !Including))
          break;
        for (const Edit &E : Sets[J].Edits)
          if (E.File == Path)
            Edits.push_back(E);
      }
      std::optional<std::string> Bytes = P.read(Path);
      // The merge found no conflict, so this cannot fail.
      return llvm::cantFail(applyEdits(Path, *Bytes, Edits));
    };
    for (const Edit &E : Sets[I].Edits) {
      if (Planned.Changes.count(E.File))
        continue;
      std::string Before = Through(E.File, false);
      std::string After = Through(E.File, true);
      Latest[E.File] = After;
      if (Before != After)
        Planned.Changes[E.File] = {std::move(Before), std::move(After)};
    }
    for (const NewFile &N : Sets[I].NewFiles) {
      // Two sets may bring the same file; the first one shows it.
      if (Latest.count(N.Path) && Latest[N.Path] == N.Text)
        continue;
      Latest[N.Path] = N.Text;
      Planned.Changes[N.Path] = {std::nullopt, N.Text};
    }
    Result.Sets.push_back(std::move(Planned));
  }

  Project &Origin;
  const FixPlanOptions &Options;
  FixPlan Result;
  Overlay Latest; ///< each changed file after the sets planned so far
  Overlay State;  ///< the same after the last whole step
};

} // namespace

FixPlan ringfence::planFixes(Analysis &A, const FixPlanOptions &Options) {
  Round R{std::move(A.Handlers), std::move(A.Findings), {}};
  return Planner(*A.S->TheProject, Options).plan(std::move(R));
}
