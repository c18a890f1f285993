//===-- Control.cpp - statements, from states to states -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/CompiledFor.h"
#include "matchers/flow/Engine.h"
#include "matchers/flow/KeptCode.h"
#include "matchers/flow/Questions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
using namespace ringfence;
using namespace ringfence::flow;

void Flow::jump(Step::ExitKind K, llvm::StringRef Label, Place At,
                std::optional<bool> Result, StateSet S) {
  if (S.empty())
    return;
  for (Jump &J : Jumps)
    if (J.K == K && J.Label == Label && J.At.In == At.In &&
        J.At.Where == At.Where && J.Result == Result)
      return J.States.add(S);
  Jumps.push_back({K, Label.str(), At, Result, std::move(S)});
}

void Flow::addJumps(const Flow &O) {
  for (const Jump &J : O.Jumps)
    jump(J.K, J.Label, J.At, J.Result, J.States);
}

/// Takes the jumps that \p Here catches out of \p F.
static StateSet caught(Flow &F, llvm::function_ref<bool(const Jump &)> Here) {
  StateSet S;
  llvm::erase_if(F.Jumps, [&](const Jump &J) {
    if (!Here(J))
      return false;
    S.add(J.States);
    return true;
  });
  return S;
}

static bool isJump(const Jump &J, Step::ExitKind K, const std::string &Label) {
  return J.K == K && (J.Label.empty() || (J.Label == Label && !Label.empty()));
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

Flow Engine::list(Frame &F, const std::vector<Step> &Steps, StateSet In,
                  Tail After) {
  Flow Out;
  std::vector<const Step *> Deferred;
  Out.Next = std::move(In);

  // What stands behind each statement.
  std::vector<Tail> Tails(Steps.size());
  Tail Behind = After;
  for (std::size_t I = Steps.size(); I-- > 0;) {
    Tails[I] = Behind;
    Behind.Empty = false;
    Behind.Trivial = Behind.Trivial && isTrivial(F, Steps[I]);
  }

  for (std::size_t I = 0; I < Steps.size(); ++I) {
    const Step &S = Steps[I];
    if (S.K != Step::Kind::Exit && !S.Label.empty())
      Out.Next.add(caught(Out, [&](const Jump &J) {
        return J.K == Step::ExitKind::Goto && J.Label == S.Label;
      }));
    if (S.K == Step::Kind::LocalFunction)
      continue; // bound when the frame was made
    if (S.K == Step::Kind::Defer) {
      Deferred.push_back(&S);
      continue;
    }
    if (Out.Next.empty())
      continue; // unreachable, unless a goto leads to a later label
    Flow One = step(F, S, std::move(Out.Next), Tails[I]);
    Out.Next = std::move(One.Next);
    Out.addJumps(One);
  }

  // Deferred code runs last in, first out, whichever way the scope is left.
  for (const Step *D : llvm::reverse(Deferred)) {
    if (D->Arms.empty())
      continue;
    auto Run = [&](StateSet S) {
      Flow One = list(F, D->Arms.front().Steps, std::move(S), {});
      return std::move(One.Next);
    };
    Out.Next = Run(std::move(Out.Next));
    for (Jump &J : Out.Jumps)
      J.States = Run(std::move(J.States));
  }
  return Out;
}

Flow Engine::step(Frame &F, const Step &S, StateSet In, Tail After) {
  const Step *Outer = Current;
  Current = &S;
  auto Restore = llvm::make_scope_exit([&] { Current = Outer; });

  switch (S.K) {
  case Step::Kind::Branch:
    return branch(F, S, std::move(In), After);
  case Step::Kind::Loop:
    return loop(F, S, std::move(In));
  case Step::Kind::Try:
    return tryStep(F, S, std::move(In), After);
  case Step::Kind::Configuration:
    return configuration(F, S, std::move(In), After);
  case Step::Kind::Exit:
    return exitStep(F, S, std::move(In));
  case Step::Kind::Scope: {
    Flow Out;
    StateSet Begin =
        calls(F, &S, S.Calls, S.Closures, std::move(In), Out, false);
    if (S.Arms.empty()) {
      Out.Next = std::move(Begin);
      return Out;
    }
    Flow Inner = list(F, S.Arms.front().Steps, std::move(Begin), After);
    Inner.Next.add(caught(Inner, [&](const Jump &J) {
      return J.K == Step::ExitKind::Break && !S.Label.empty() &&
             J.Label == S.Label;
    }));
    Out.Next = std::move(Inner.Next);
    Out.addJumps(Inner);
    return Out;
  }
  case Step::Kind::Do:
  case Step::Kind::Declare:
  case Step::Kind::Opaque:
  case Step::Kind::Defer:
  case Step::Kind::LocalFunction:
    break;
  }
  Flow Out;
  bool KeepsResult = !S.Declares.empty() || !S.Assigns.empty();
  StateSet Done =
      calls(F, &S, S.Calls, S.Closures, std::move(In), Out, KeepsResult);
  Out.Next = assign(F, S, std::move(Done));
  return Out;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

static std::optional<bool> truth(const Value &V) {
  if (V.K != Value::Kind::Literal)
    return std::nullopt;
  if (V.Text == "true" || V.Text == "YES" || V.Text == "TRUE")
    return true;
  if (V.Text == "false" || V.Text == "NO" || V.Text == "FALSE")
    return false;
  return std::nullopt;
}

/// What \p S knows of the boolean \p V.
static std::optional<bool> truthIn(const PathState &S, const Value &V,
                                   const std::vector<Call> &Calls) {
  if (std::optional<bool> B = truth(V))
    return B;
  std::string Key;
  if (V.K == Value::Kind::Local || V.K == Value::Kind::Member ||
      V.K == Value::Kind::Parameter)
    Key = flagKey(V.Name);
  else if (V.K == Value::Kind::Call && V.CallIndex >= 0 &&
           unsigned(V.CallIndex) < Calls.size())
    Key = resultKey(Calls[V.CallIndex].Where);
  auto It = S.F->find(Key);
  return It == S.F->end() ? std::nullopt : std::optional(It->second);
}

static void learn(PathState &S, llvm::StringRef Name, const Value &V,
                  std::optional<bool> B) {
  if (B)
    S.F.edit()[flagKey(Name)] = *B;
  if (V.K == Value::Kind::Nil)
    S.F.edit()[nonNilKey(Name)] = false;
  else if (V.K == Value::Kind::Literal || V.K == Value::Kind::Closure)
    S.F.edit()[nonNilKey(Name)] = true;
}

/// "self.pending = completion": some other event lets the type call it.
bool Engine::keepsCompletion(Frame &F, const Assignment &A, const Step &S) {
  Binding Kept = resolve(F, A.V, S.Closures);
  // "[completion copy]"
  if (A.V.K == Value::Kind::Call && A.V.CallIndex >= 0 &&
      unsigned(A.V.CallIndex) < S.Calls.size() &&
      S.Calls[A.V.CallIndex].Name == "copy")
    Kept = lookUp(F, S.Calls[A.V.CallIndex].Receiver);
  return (Kept.K == Binding::Kind::Completion || holdsCompletion(F, A.V)) &&
         isCalledElsewhere(A.Target, F.Fn, Functions);
}

StateSet Engine::assign(Frame &F, const Step &S, StateSet In) {
  if (S.Declares.empty() && S.Assigns.empty() && S.Writes.empty())
    return In;
  for (const Assignment &A : S.Assigns)
    if (!isLocal(F, A.Target)) {
      written(F, A, In);
      if (keepsCompletion(F, A, S))
        In = complete(std::move(In), Completed::Kept);
    }
  StateSet Out;
  for (PathState State : In) {
    // The new values are read before the old ones are forgotten.
    std::vector<std::optional<bool>> Declared, Assigned;
    for (const Declaration &D : S.Declares)
      Declared.push_back(truthIn(State, D.Init, S.Calls));
    for (const Assignment &A : S.Assigns)
      Assigned.push_back(truthIn(State, A.V, S.Calls));
    StateSet One;
    One.add(std::move(State));
    for (const Declaration &D : S.Declares)
      One.forget(D.Name);
    for (const Assignment &A : S.Assigns)
      One.forget(A.Target);
    for (const std::string &W : S.Writes)
      One.forget(W);
    for (PathState T : One) {
      for (std::size_t I = 0; I < S.Declares.size(); ++I)
        learn(T, S.Declares[I].Name, S.Declares[I].Init, Declared[I]);
      for (std::size_t I = 0; I < S.Assigns.size(); ++I)
        learn(T, S.Assigns[I].Target, S.Assigns[I].V, Assigned[I]);
      Out.add(std::move(T));
    }
  }
  return Out;
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

static const char *turn(const Step &S, const Arm &A) {
  if (S.Branch == Step::BranchKind::Switch)
    return A.K == Arm::Kind::Default ? "takes the default case"
                                     : "takes this case";
  if (S.Branch == Step::BranchKind::Guard)
    return "the guard fails";
  return A.K == Arm::Kind::Else ? "takes the else branch"
                                : "takes the true branch";
}

/// A call in the conditions of \p S up to arm \p Last has an answer in \p
/// State.
static bool toldBy(const PathState &State, const Step &S, std::size_t Last) {
  for (std::size_t I = 0; I <= Last; ++I)
    for (const Call &C : S.Arms[I].Calls)
      if (State.F->count(resultKey(C.Where)))
        return true;
  return false;
}

/// What is said when arm \p I of \p S is passed by. Of a switch, the case that
/// is taken tells which were not: only the last one speaks, for all of them.
static PathNote notTaken(const Frame &F, const Step &S, std::size_t I) {
  if (S.Branch == Step::BranchKind::Guard)
    return {F.place(S.Arms[I].When.Where), "the guard holds"};
  if (S.Branch != Step::BranchKind::Switch)
    return {F.place(S.Arms[I].When.Where), "is false"};
  bool IsLast = I + 1 == S.Arms.size() && !S.HasElse;
  return {F.place(S.Where), IsLast ? "no case fits" : ""};
}

Flow Engine::branch(Frame &F, const Step &S, StateSet In, Tail After) {
  Flow Out;
  StateSet Rest = calls(F, &S, S.Calls, S.Closures, std::move(In), Out, true);
  enterArms(Rest);

  std::vector<ArmOut> Outs;
  Flow Asking;      // errors thrown by the conditions themselves
  StateSet Falling; // C: out of the arm above into this one
  for (std::size_t I = 0; I < S.Arms.size(); ++I) {
    const Arm &A = S.Arms[I];
    Rest = calls(F, &S, A.Calls, A.Closures, std::move(Rest), Asking, true);
    StateSet Taken = std::move(Falling), Left;
    Falling.clear();
    bool Last = A.K == Arm::Kind::Else || A.K == Arm::Kind::Default;
    // A default case may stand before other cases.
    bool Takes =
        !Last || I + 1 == S.Arms.size() || S.Branch != Step::BranchKind::Switch;
    for (const PathState &State : Rest) {
      Parted P;
      if (Last) {
        P.Yes.add(State);
        if (!Takes)
          P.No.add(State);
      } else {
        P = part(State, A.When);
      }
      Place At = F.place(A.K == Arm::Kind::Else || A.When.Where.empty()
                             ? A.Where
                             : A.When.Where);
      for (PathState Y : P.Yes) {
        // A helper that was asked has said whether it reported: the arm that
        // knows it is the one to blame.
        if (toldBy(Y, S, I))
          for (Way &W : Y.Ways.edit())
            W.B = {};
        note(Y, {At, turn(S, A)}, Last ? nullptr : &A.When, true, A.Where);
        Taken.add(std::move(Y));
      }
      for (PathState N : P.No) {
        if (!Last)
          note(N, notTaken(F, S, I), &A.When, false);
        Left.add(std::move(N));
      }
    }
    Rest = std::move(Left);
    for (const Declaration &D : A.Declares)
      Taken.forget(D.Name);
    Arms.push_back({&S, &A});
    ArmOut One{int(I), list(F, A.Steps, std::move(Taken),
                            A.FallsThrough ? Tail{false, false} : After)};
    Arms.pop_back();
    if (A.FallsThrough) {
      Falling = std::move(One.F.Next);
      One.F.Next.clear();
    }
    for (Jump &J : One.F.Jumps)
      if (J.K == Step::ExitKind::Fallthrough)
        Falling.add(J.States);
    llvm::erase_if(One.F.Jumps, [](const Jump &J) {
      return J.K == Step::ExitKind::Fallthrough;
    });
    if (S.Branch == Step::BranchKind::Switch)
      One.F.Next.add(caught(One.F, [&](const Jump &J) {
        return isJump(J, Step::ExitKind::Break, S.Label);
      }));
    else if (!S.Label.empty())
      One.F.Next.add(caught(One.F, [&](const Jump &J) {
        return J.K == Step::ExitKind::Break && J.Label == S.Label;
      }));
    Outs.push_back(std::move(One));
  }
  if (!Falling.empty() && !Outs.empty())
    Outs.back().F.Next.add(Falling);
  if (!S.HasElse && !Rest.empty()) {
    ArmOut None{-1, {}};
    None.F.Next = std::move(Rest);
    Outs.push_back(std::move(None));
  }

  Outs.push_back({-1, std::move(Asking)});

  leaveArms(F, S, Outs, After);
  for (ArmOut &O : Outs) {
    Out.Next.add(O.F.Next);
    Out.addJumps(O.F);
  }
  return Out;
}

Flow Engine::configuration(Frame &F, const Step &S, StateSet In, Tail After) {
  Flow Out;
  StateSet Begin = In;
  enterArms(Begin);
  std::vector<ArmOut> Outs;
  bool Completes = false, NeverElse = false;
  for (std::size_t I = 0; I < S.Arms.size(); ++I) {
    const Arm &A = S.Arms[I];
    StateSet Taken;
    bool IsElse = S.HasElse && I + 1 == S.Arms.size();
    std::optional<bool> Holds =
        IsElse ? std::nullopt : holdsOnDevice(A.When.Text);
    bool Skipped = NeverElse || (Holds && !*Holds);
    NeverElse |= Holds && *Holds;
    for (PathState State : Begin) {
      if (Skipped)
        continue;
      // What is compiled in for each device is no turn of the path.
      if (!Holds)
        note(State,
             {F.place(A.When.Where.empty() ? A.Where : A.When.Where),
              "with this compiled in"},
             nullptr, true, A.Where);
      Taken.add(std::move(State));
    }
    ArmOut One{int(I), list(F, A.Steps, std::move(Taken), After)};
    for (const PathState &N : One.F.Next)
      Completes |= N.C == Completed::Yes;
    Outs.push_back(std::move(One));
  }
  if (!S.HasElse && !NeverElse) {
    // Where only one variant of the signature has the handler, its call is
    // compiled conditionally too.
    ArmOut None{-1, {}};
    for (PathState State : Begin) {
      if (Completes)
        State.C = Completed::Yes;
      None.F.Next.add(std::move(State));
    }
    Outs.push_back(std::move(None));
  }
  leaveArms(F, S, Outs, After);
  for (ArmOut &O : Outs) {
    Out.Next.add(O.F.Next);
    Out.addJumps(O.F);
  }
  return Out;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

static void collectWrites(const std::vector<Step> &Steps,
                          std::set<std::string> &Names) {
  for (const Step &S : Steps) {
    for (const Assignment &A : S.Assigns)
      Names.insert(A.Target);
    for (const Declaration &D : S.Declares)
      Names.insert(D.Name);
    Names.insert(S.Writes.begin(), S.Writes.end());
    for (const Arm &A : S.Arms)
      collectWrites(A.Steps, Names);
    for (const Closure &C : S.Closures)
      collectWrites(C.Steps, Names);
  }
}

/// What a path knows when it comes round again: what it knew before the loop,
/// and what the body has assigned. Answers given in the last round may differ
/// in the next.
static StateSet nextRound(const StateSet &Out, const Facts &Before,
                          const std::set<std::string> &Written) {
  StateSet In;
  for (PathState S : Out) {
    Facts Kept;
    for (const auto &[Key, Value] : *S.F) {
      auto Old = Before.find(Key);
      bool Same = Old != Before.end() && Old->second == Value;
      bool Assigned = llvm::any_of(Written, [&](const std::string &N) {
        return Key == flagKey(N) || Key == nonNilKey(N);
      });
      if (Same || Assigned)
        Kept.emplace(Key, Value);
    }
    S.F = std::move(Kept);
    In.add(std::move(S));
  }
  return In;
}

Flow Engine::loop(Frame &F, const Step &S, StateSet In) {
  Flow Out;
  StateSet Begin = calls(F, &S, S.Calls, S.Closures, std::move(In), Out, false);
  if (S.Arms.empty()) {
    Out.Next = std::move(Begin);
    return Out;
  }
  const Arm &A = S.Arms.front();
  std::set<std::string> Written;
  collectWrites(A.Steps, Written);
  Facts Before;
  for (const PathState &State : Begin)
    Before.insert(State.F->begin(), State.F->end());

  bool Asks =
      S.Loop == Step::LoopKind::While || S.Loop == Step::LoopKind::RepeatWhile;
  // States are few and only grow towards "reported": a round that brings no
  // new one is the last. Deep nests are walked once.
  const int MaxRounds = Loops < 3 ? 4 : 1;
  ++Loops;
  StateSet Round = std::move(Begin), Left;
  std::vector<PathState> Entered;
  for (int Count = 0; Count < MaxRounds && !Round.empty(); ++Count) {
    StateSet Enter;
    if (S.Loop == Step::LoopKind::RepeatWhile && Count == 0) {
      Enter = std::move(Round);
    } else {
      Round = calls(F, &S, A.Calls, A.Closures, std::move(Round), Out, true);
      for (const PathState &State : Round) {
        if (!Asks) {
          Left.add(State);
          Enter.add(State);
          continue;
        }
        Parted P = part(State, A.When);
        Left.add(P.No);
        Enter.add(P.Yes);
      }
    }
    StateSet Body;
    for (PathState State : Enter) {
      if (llvm::any_of(Entered,
                       [&](const PathState &E) { return E.sameAs(State); }))
        continue;
      Entered.push_back(State);
      note(State,
           {F.place(A.When.Where.empty() ? S.Where : A.When.Where),
            "enters the loop"},
           nullptr, true, A.Where);
      Body.add(std::move(State));
    }
    for (const Declaration &D : A.Declares)
      Body.forget(D.Name);
    Flow One = list(F, A.Steps, std::move(Body), {false, false});
    Left.add(caught(One, [&](const Jump &J) {
      return isJump(J, Step::ExitKind::Break, S.Label);
    }));
    StateSet Again = std::move(One.Next);
    Again.add(caught(One, [&](const Jump &J) {
      return isJump(J, Step::ExitKind::Continue, S.Label);
    }));
    Out.addJumps(One);
    Round = nextRound(Again, Before, Written);
  }
  --Loops;
  bool Endless =
      Asks && A.When.K == Condition::Kind::Constant && A.When.Name == "true";
  if (!Endless)
    Left.add(Round);
  Out.Next = std::move(Left);
  return Out;
}

//===----------------------------------------------------------------------===//
// Exits and exceptions
//===----------------------------------------------------------------------===//

Flow Engine::exitStep(Frame &F, const Step &S, StateSet In) {
  Flow Out;
  StateSet Done = calls(F, &S, S.Calls, S.Closures, std::move(In), Out, false);
  Place At = F.place(S.Where);
  bool Leaves =
      S.Exit == Step::ExitKind::Return || S.Exit == Step::ExitKind::Throw;
  std::map<int, StateSet> ByResult; // -1: not known
  for (PathState State : Done) {
    int Result = -1;
    if (S.Exit == Step::ExitKind::Return)
      if (std::optional<bool> B = truthIn(State, S.Result, S.Calls))
        Result = *B;
    if (Leaves) {
      for (Way &W : State.Ways.edit()) {
        // A helper that left its caller unreported is to blame rather than
        // the "return helper()" around it.
        if (F.blamesCallee(W.B))
          continue;
        W.B.At = At;
        W.B.K = S.Exit == Step::ExitKind::Return ? UnreportedExit::Kind::Return
                                                 : UnreportedExit::Kind::Throw;
        W.B.Branch = nullptr;
        W.B.Arm = -1;
      }
    }
    ByResult[Result].add(std::move(State));
  }
  for (auto &[Result, States] : ByResult)
    Out.jump(S.Exit, S.Label, At,
             Result < 0 ? std::nullopt : std::optional<bool>(Result == 1),
             std::move(States));
  return Out;
}

/// How the handler of an @try around \p Steps is reached at the earliest. A
/// report that comes first has been tried when something raises.
StateSet Engine::raised(Frame &F, const std::vector<Step> &Steps,
                        const StateSet &Begin) {
  auto First =
      llvm::find_if(Steps, [&](const Step &S) { return !isTrivial(F, S); });
  bool Reports =
      First != Steps.end() && llvm::any_of(First->Calls, [&](const Call &C) {
        const Api *A = Apis.find(C, F.file().Source->language());
        return A && A->Reports && !C.Conditional;
      });
  if (!Reports)
    return Begin;
  StateSet Out;
  for (PathState S : Begin) {
    S.R = std::max(S.R, S.Suspended ? Reported::Later : Reported::Yes);
    Out.add(std::move(S));
  }
  return Out;
}

Flow Engine::tryStep(Frame &F, const Step &S, StateSet In, Tail After) {
  Flow Out;
  StateSet Begin = calls(F, &S, S.Calls, S.Closures, std::move(In), Out, false);
  const Arm *Finally = nullptr;
  bool Catches = false;
  for (const Arm &A : S.Arms) {
    if (A.K == Arm::Kind::Finally)
      Finally = &A;
    Catches |= A.K == Arm::Kind::Catch;
  }
  Tail Inner = Finally ? Tail{false, After.Trivial} : After;
  std::vector<ArmOut> Outs;
  StateSet Thrown;
  for (std::size_t I = 0; I < S.Arms.size(); ++I) {
    const Arm &A = S.Arms[I];
    if (A.K == Arm::Kind::Body) {
      enterArms(Begin);
      // Any message may raise in Objective-C, so the handler of an @try can be
      // reached from its very beginning.
      if (F.file().Source->language() != Language::Swift)
        Thrown.add(raised(F, A.Steps, Begin));
      ArmOut One{int(I), list(F, A.Steps, std::move(Begin), Inner)};
      if (Catches)
        Thrown.add(caught(
            One.F, [](const Jump &J) { return J.K == Step::ExitKind::Throw; }));
      Outs.push_back(std::move(One));
    } else if (A.K == Arm::Kind::Catch) {
      StateSet Taken;
      for (PathState State : Thrown) {
        note(State, {F.place(A.Where), "catches an error"}, nullptr, true,
             A.Where);
        // What a helper left open before the try stays that helper's.
        for (Way &W : State.Ways.edit())
          W.B = !W.Earlier.empty() && F.blamesCallee(W.Earlier.back())
                    ? W.Earlier.back()
                    : Blame();
        Taken.add(std::move(State));
      }
      for (const Declaration &D : A.Declares)
        Taken.forget(D.Name);
      Arms.push_back({&S, &A});
      Outs.push_back({int(I), list(F, A.Steps, std::move(Taken), Inner)});
      Arms.pop_back();
    }
  }
  leaveArms(F, S, Outs, Inner);
  for (ArmOut &O : Outs) {
    Out.Next.add(O.F.Next);
    Out.addJumps(O.F);
  }
  if (Finally) {
    Flow All;
    Flow One = list(F, Finally->Steps, std::move(Out.Next), After);
    All.Next = std::move(One.Next);
    All.addJumps(One);
    for (Jump &J : Out.Jumps) {
      Flow Left = list(F, Finally->Steps, std::move(J.States), After);
      All.jump(J.K, J.Label, J.At, J.Result, std::move(Left.Next));
      All.addJumps(Left);
    }
    return All;
  }
  return Out;
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

std::vector<Outcome> Engine::body(Frame &F, const std::vector<Step> &Steps,
                                  Range Inside, Range Where, StateSet In) {
  Flow Left = list(F, Steps, std::move(In), {});
  std::map<std::pair<int, bool>, StateSet> Ends;
  // Nothing follows the closing brace that could be reported at any more.
  std::uint32_t Brace = Where.End > Where.Begin ? Where.End - 1 : Where.End;
  Place End = endOf(F.file(), Steps, {Brace, Where.End});
  for (PathState S : Left.Next) {
    for (Way &W : S.Ways.edit())
      if (!W.B.At) {
        W.B.At = End;
        W.B.K = UnreportedExit::Kind::End;
      }
    Ends[{-1, false}].add(std::move(S));
  }
  for (Jump &J : Left.Jumps) {
    if (J.K != Step::ExitKind::Return && J.K != Step::ExitKind::Throw)
      continue; // a goto to a label behind, or code that does not compile
    for (const PathState &S : J.States)
      Ends[{J.Result ? int(*J.Result) : -1, J.K == Step::ExitKind::Throw}].add(
          S);
  }
  std::vector<Outcome> Out;
  for (auto &[Kind, States] : Ends)
    for (PathState &S : States)
      Out.push_back(
          {std::move(S),
           Kind.first < 0 ? std::nullopt : std::optional<bool>(Kind.first == 1),
           Kind.second});
  return Out;
}
