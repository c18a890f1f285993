//===-- Blame.cpp - where a path without a report is named -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A path that does not report is named where it parts from its siblings, as
// clang's called-once check does: at the end of the arm that it takes if
// another arm reports, or if nothing that matters follows. A missing else has
// no statement of its own: the path goes on and is named where it leaves.
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Engine.h"
#include "llvm/ADT/STLExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

void Engine::enterArms(StateSet &S) {
  StateSet Fresh;
  for (PathState State : S) {
    for (Way &W : State.Ways.edit()) {
      W.Earlier.push_back(W.B);
      W.Earlier.back().Entered = State.R;
      W.B = {};
    }
    Fresh.add(std::move(State));
  }
  S = std::move(Fresh);
}

Place Engine::lastLine(const File &In, Range R) const {
  const SourceFile &Source = *In.Source;
  std::uint32_t Last = R.empty() ? R.End : R.End - 1;
  unsigned Line = Source.line(Last);
  if (Source.line(R.Begin) == Line)
    return {&In, R};
  std::uint32_t Begin = Source.lineBegin(Line);
  llvm::StringRef Text = Source.lineText(Line);
  return {&In,
          {Begin + std::uint32_t(Text.size() - Text.ltrim().size()), R.End}};
}

/// The place by which the fall through the end of \p Steps is named.
Place Engine::endOf(const File &In, const std::vector<Step> &Steps,
                    Range Closing) const {
  if (Steps.empty())
    return {&In, Closing};
  const Step &S = Steps.back();
  switch (S.K) {
  case Step::Kind::Branch:
  case Step::Kind::Loop:
  case Step::Kind::Try:
  case Step::Kind::Defer:
  case Step::Kind::LocalFunction:
    return {&In, Closing};
  case Step::Kind::Scope:
    if (!S.Arms.empty() && !S.Arms.front().Steps.empty())
      return endOf(In, S.Arms.front().Steps, Closing);
    return lastLine(In, S.Where);
  default:
    return lastLine(In, S.Where);
  }
}

/// Some path came out of the branch closer to a report than it went in.
static bool advanced(const StateSet &States) {
  return llvm::any_of(States, [](const PathState &S) {
    return !S.Exempt && llvm::any_of(*S.Ways, [&](const Way &W) {
      if (W.Earlier.empty())
        return false;
      Reported Entered = W.Earlier.back().Entered;
      return Entered <= Reported::Later && S.R > Entered;
    });
  });
}

void Engine::leaveArms(Frame &F, const Step &S, std::vector<ArmOut> &Outs,
                       Tail After) {
  // The branch decides if some way through it comes closer to a report.
  bool Decides = llvm::any_of(Outs, [](const ArmOut &O) {
    return advanced(O.F.Next) || llvm::any_of(O.F.Jumps, [](const Jump &J) {
             return advanced(J.States);
           });
  });

  bool FallsThrough = S.Branch != Step::BranchKind::Guard &&
                      llvm::any_of(Outs, [](const ArmOut &O) {
                        return O.Index >= 0 && !O.F.Next.empty();
                      });

  auto Back = [](Way &W) {
    Blame Earlier;
    if (!W.Earlier.empty()) {
      Earlier = W.Earlier.back();
      W.Earlier.pop_back();
    }
    return Earlier;
  };

  for (ArmOut &O : Outs) {
    const Arm *A = O.Index < 0 ? nullptr : &S.Arms[O.Index];
    StateSet Named;
    for (PathState State : O.F.Next) {
      for (Way &W : State.Ways.edit()) {
        Blame Earlier = Back(W);
        if (!State.unreported() || W.B.At)
          continue;     // named inside the arm
        if (W.B.Branch) // a missing else inside: it goes on
          continue;
        if (!Decides && Earlier.At) {
          W.B = Earlier;
        } else if (A && (Decides || (After.Trivial && Loops == 0))) {
          std::uint32_t Brace =
              A->Where.empty() ? A->Where.End : A->Where.End - 1;
          W.B.At = endOf(F.file(), A->Steps, {Brace, A->Where.End});
          bool Keep = !Decides && Earlier.Branch;
          W.B.Branch = Keep ? Earlier.Branch : &S;
          W.B.Arm = Keep ? Earlier.Arm : O.Index;
        } else if (!A && Decides) {
          W.B.Branch = &S;
        } else if (!A && FallsThrough && After.Trivial && Loops == 0 &&
                   !Earlier.Branch) {
          // Nothing was at stake in the branch: its end will do.
          W.B.Branch = &S;
          if (!After.Empty)
            W.B.At = F.place({S.Where.End - 1, S.Where.End});
        } else {
          W.B = Earlier;
        }
      }
      Named.add(std::move(State));
    }
    O.F.Next = std::move(Named);
    for (Jump &J : O.F.Jumps) {
      StateSet States;
      for (PathState State : J.States) {
        for (Way &W : State.Ways.edit()) {
          Blame Earlier = Back(W);
          if (W.B.At) {
            // A return names itself; the innermost branch around it is the
            // one that leads there.
            if (A && !W.B.Branch && !F.blamesCallee(W.B)) {
              W.B.Branch = &S;
              W.B.Arm = O.Index;
            }
          } else {
            W.B = Earlier;
          }
        }
        States.add(std::move(State));
      }
      J.States = std::move(States);
    }
  }
}
