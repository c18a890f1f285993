//===-- FixPlan.cpp - what fix previews and applies -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/FixPlan.h"
#include "rewriters/Fix.h"
#include "rewriters/edit/Merge.h"
#include "rewriters/edit/TextEdits.h"
#include "tool/pipeline/AnalysisState.h"
#include "tool/pipeline/Round.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

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
      // Fixes of one handler may want to change the same lines, or build on
      // each other: one after the other they can, until nothing is left.
      constexpr unsigned MaxTurns = 4;
      unsigned Turns = Step == MigrationStep::Report ? MaxTurns : 1;
      const std::size_t Held = Result.Held.size();
      const std::size_t Problems = Result.Problems.size();
      for (; Turns > 0; --Turns) {
        Project &P = Changed ? *Changed : Origin;
        Result.Held.erase(Result.Held.begin() + Held, Result.Held.end());
        Result.Problems.erase(Result.Problems.begin() + Problems,
                              Result.Problems.end());
        if (!takeStep(P, Now, Step))
          break;
        auto Next = std::make_unique<Project>(Origin, State);
        Now = look(*Next);
        Changed = std::move(Next);
      }
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
    auto IsIt = [&](llvm::StringRef Id) {
      return Id == Options.OnlyCheck || Id == "ringfence-" + Options.OnlyCheck;
    };
    // What an earlier step has left is no finding any more.
    if (S.Findings.empty())
      return llvm::any_of(allFixes(), [&](const Fix &F) {
        return F.Id == S.Fix && IsIt(F.Check);
      });
    return llvm::any_of(S.Findings,
                        [&](unsigned I) { return IsIt(R.Findings[I].Check); });
  }

  /// Adds what \p Step contributes; false if that is nothing.
  bool takeStep(Project &P, Round &R, MigrationStep Step) {
    std::vector<FixSet> Chosen;
    if (Step == MigrationStep::CleanUp) {
      ProposeInput In{R.Handlers, R.Findings, P.functions(),
                      P.apis(),   P,          P.options().Config.Fixes};
      llvm::append_range(Result.Problems, refusals(In, Step));
    }
    for (FixSet &S : verifiedFixSets(P, R, Step, Result.Problems)) {
      if (!isWanted(S, R))
        continue;
      if (S.A > Options.Level) {
        std::string Level = nameOf(S.A).str();
        Result.Held.push_back({std::move(S), std::move(Level), true});
        continue;
      }
      std::string Key = keyOf(S, R);
      if (Declined.count(Key))
        continue;
      Chosen.push_back(std::move(S));
      // Those before it went together, so only the last can be left out.
      if (Merged All = merge(Chosen); !All.LeftOut.empty()) {
        const Collision &C = All.LeftOut.back();
        std::string Why =
            "it overlaps with \"" + Chosen[C.Before].Title + "\": " + C.Why;
        Result.Held.push_back(
            {std::move(Chosen.back()), std::move(Why), false});
        Chosen.pop_back();
        continue;
      }
      PlannedSet Planned = plannedLast(P, Chosen);
      nameHandler(Planned, R);
      if (Options.Accept && !Options.Accept(Planned)) {
        Declined.insert(std::move(Key));
        Chosen.pop_back();
        continue;
      }
      for (const auto &[Path, Change] : Planned.Changes)
        Latest[Path] = Change.After;
      Result.Sets.push_back(std::move(Planned));
    }
    for (const auto &[Path, Bytes] : Latest)
      State[Path] = Bytes;
    return !Chosen.empty();
  }

  /// What tells a set from others although lines around it have changed.
  static std::string keyOf(const FixSet &S, const Round &R) {
    std::string Key = S.Title;
    for (unsigned I : S.Findings) {
      const Finding &F = R.Findings[I];
      Key += '\n' + F.Check;
      if (F.At)
        Key += ' ' + F.At.In->Source->path().str();
      if (F.HandlerIndex >= 0)
        Key +=
            ' ' +
            R.Handlers[static_cast<unsigned>(F.HandlerIndex)].function().Symbol;
    }
    return Key;
  }

  static void nameHandler(PlannedSet &Planned, const Round &R) {
    for (unsigned I : Planned.Set.Findings) {
      int Index = R.Findings[I].HandlerIndex;
      if (Index < 0)
        continue;
      const JudgedHandler &H = R.Handlers[static_cast<unsigned>(Index)];
      Planned.HandlerPath = H.In->Source->path().str();
      Planned.HandlerType = H.function().Owner;
      Planned.HandlerSymbol = H.function().Symbol;
      return;
    }
  }

  /// Plans the last of \p Sets: what it changes beyond those before it.
  PlannedSet plannedLast(Project &P, llvm::ArrayRef<FixSet> Sets) const {
    PlannedSet Planned;
    Planned.Set = Sets.back();
    auto Through = [&](llvm::StringRef Path, llvm::ArrayRef<FixSet> Some) {
      std::vector<Edit> Edits;
      for (const FixSet &S : Some)
        for (const Edit &E : S.Edits)
          if (E.File == Path)
            Edits.push_back(E);
      std::optional<std::string> Bytes = P.read(Path);
      // The merge found no conflict, so this cannot fail.
      return llvm::cantFail(applyEdits(Path, *Bytes, Edits));
    };
    for (const Edit &E : Planned.Set.Edits) {
      if (Planned.Changes.count(E.File))
        continue;
      std::string Before = Through(E.File, Sets.drop_back());
      std::string After = Through(E.File, Sets);
      if (Before != After)
        Planned.Changes[E.File] = {std::move(Before), std::move(After)};
    }
    for (const NewFile &N : Planned.Set.NewFiles) {
      // Two sets may bring the same file; the first one shows it.
      auto Known = Latest.find(N.Path);
      if (Known == Latest.end() || Known->second != N.Text)
        Planned.Changes[N.Path] = {std::nullopt, N.Text};
    }
    return Planned;
  }

  Project &Origin;
  const FixPlanOptions &Options;
  FixPlan Result;
  std::set<std::string> Declined; ///< keys of the sets that were not accepted
  Overlay Latest; ///< each changed file after the sets planned so far
  Overlay State;  ///< the same after the last whole step
};

} // namespace

FixPlan ringfence::planFixes(Analysis &A, const FixPlanOptions &Options) {
  Round R{std::move(A.Handlers), std::move(A.Findings), {}};
  return Planner(A.S->TheProject, Options).plan(std::move(R));
}
