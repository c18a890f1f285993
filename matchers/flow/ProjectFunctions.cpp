//===-- ProjectFunctions.cpp - what the functions of the project do -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Engine.h"
#include "matchers/flow/Questions.h"
#include "matchers/model/EachStep.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

/// A protocol's method may have many implementations; beyond these the rest
/// is said not to be followed.
static constexpr std::size_t MaxCallees = 4;

void Engine::notFollowed(Frame &F, const Call &C, llvm::StringRef Why) {
  Problem P;
  P.File = F.file().Source->path().str();
  P.Line = F.file().Source->line(C.Where.Begin);
  P.Message = ("'" + C.Name + "' " + Why).str();
  for (const Problem &O : Seen->NotFollowed)
    if (O.File == P.File && O.Line == P.Line && O.Message == P.Message)
      return;
  Seen->NotFollowed.push_back(std::move(P));
}

/// Which parameter each argument goes to: by label where Swift has labels,
/// else by position; a trailing closure goes to the next closure parameter.
static std::vector<int> match(const Call &C, const Function &Fn) {
  std::vector<int> To(C.Arguments.size(), -1);
  std::size_t Next = 0;
  for (std::size_t I = 0; I < C.Arguments.size(); ++I) {
    const Argument &A = C.Arguments[I];
    std::size_t At = Next;
    if (!A.Label.empty()) {
      while (At < Fn.Parameters.size() && Fn.Parameters[At].Label != A.Label)
        ++At;
      if (At == Fn.Parameters.size())
        At = Next;
    } else if (A.V.K == Value::Kind::Closure) {
      while (At < Fn.Parameters.size() && !Fn.Parameters[At].IsClosure)
        ++At;
      if (At == Fn.Parameters.size())
        At = Next;
    }
    if (At < Fn.Parameters.size()) {
      To[I] = int(At);
      Next = At + 1;
    }
  }
  return To;
}

static std::string keyOf(FunctionRef Callee,
                         const std::map<std::string, Binding> &Names) {
  std::string Key = std::to_string(reinterpret_cast<std::uintptr_t>(Callee.Fn));
  for (const auto &[Name, B] : Names) {
    Key += " " + Name + "=" + std::to_string(int(B.K));
    if (B.K == Binding::Kind::Truth)
      Key += B.B ? "t" : "f";
    if (B.K == Binding::Kind::Code)
      Key += std::to_string(reinterpret_cast<std::uintptr_t>(B.C.Steps)) + "@" +
             std::to_string(reinterpret_cast<std::uintptr_t>(B.C.Home));
  }
  return Key;
}

/// Functions that are looked at for one answer of mayReport().
static constexpr unsigned MaxLookedAt = 200;

/// \p R or what it calls reports a call, in whatever way.
bool Engine::mayReport(const FunctionRef &R, unsigned &Left) {
  auto [It, New] = MayReport.try_emplace(R.Fn, false);
  if (!New)
    return It->second;
  if (Left == 0) {
    MayReport.erase(R.Fn); // not looked at
    return false;
  }
  --Left;
  bool Reports = false;
  std::vector<const Call *> Calls;
  forEachCall(R.Fn->Steps, [&](const Call &C) {
    if (const Api *A = Apis.find(C, R.In->Source->language()))
      Reports |= A->Reports;
    else
      Calls.push_back(&C);
    Reports |= llvm::is_contained(Options.Reporters, C.Name) ||
               llvm::is_contained(Options.Reporters, swiftName(C));
  });
  for (const Call *C : Calls)
    if (!Reports && C->K != Call::Kind::PropertyRead &&
        C->K != Call::Kind::Subscript)
      for (const FunctionRef &Callee : Functions.callees(*C, R))
        if (Callee && mayReport(Callee, Left)) {
          Reports = true;
          break;
        }
  if (Reports)
    MayReport[R.Fn] = true;
  return Reports;
}

const Effects *Engine::effectsOf(Frame &F, const Call &C,
                                 const std::vector<Closure> &Closures,
                                 FunctionRef Callee) {
  std::map<std::string, Binding> Names;
  std::vector<int> To = match(C, *Callee.Fn);
  Facts Begin;
  for (std::size_t I = 0; I < To.size(); ++I) {
    if (To[I] < 0)
      continue;
    const std::string &Name = Callee.Fn->Parameters[To[I]].Name;
    Binding B = resolve(F, C.Arguments[I].V, Closures);
    switch (B.K) {
    case Binding::Kind::Unknown:
      continue;
    case Binding::Kind::Truth:
      Begin[flagKey(Name)] = B.B;
      break;
    case Binding::Kind::Nil:
      Begin[nonNilKey(Name)] = false;
      break;
    case Binding::Kind::Code:
    case Binding::Kind::Completion:
      Begin[nonNilKey(Name)] = true;
      break;
    case Binding::Kind::Push:
      break;
    }
    Names[Name] = B;
  }
  std::string Key = keyOf(Callee, Names);
  auto [It, New] = Known.try_emplace(Key);
  Effects &E = It->second;
  if (!New) {
    E.Recurs |= !E.Ready;
    return E.Ready || E.Assumed ? &E : nullptr;
  }
  KnownSince.push_back(std::move(Key));
  // Where the budget is spent on other work, what reports is walked still.
  unsigned Left = MaxLookedAt;
  if (F.Depth >= Options.MaxDepth ||
      (Walked >= Options.MaxFunctions && !mayReport(Callee, Left))) {
    notFollowed(
        F, C,
        F.Depth >= Options.MaxDepth
            ? "is not followed: too many calls deep"
            : "is not followed: the handler reaches too many functions");
    Outcome Same;
    Same.S.Ways.edit().push_back({});
    E.Outcomes.push_back(std::move(Same));
    E.Ready = true;
    E.Cut = true;
    return &E;
  }
  ++Walked;

  // The callee is walked on its own, as if it were called first thing.
  Frames.push_back({Callee, nullptr, std::move(Names), F.Depth + 1, {}});
  Frame &Inner = Frames.back();
  for (const Parameter &P : Callee.Fn->Parameters)
    Inner.Locals.insert(P.Name);
  bindPush(Inner, Callee.Fn->Steps);
  std::size_t Since = KnownSince.size();
  walkCallee(Inner, Begin, E);
  // One that calls itself has been walked as if that call did nothing. If it
  // matters, find what it does from the ways on which it does not call itself.
  if (E.Recurs && llvm::any_of(E.Outcomes, [](const Outcome &O) {
        return O.S.R != Reported::No || O.S.C != Completed::No;
      })) {
    std::vector<Outcome> First = std::move(E.Outcomes);
    E.Assumed = true;
    E.Outcomes.clear();
    for (int Round = 0; Round < 3; ++Round) {
      // Others were walked while less was known of this one.
      for (; KnownSince.size() > Since; KnownSince.pop_back())
        Known.erase(KnownSince.back());
      std::size_t Before = E.Outcomes.size();
      walkCallee(Inner, Begin, E);
      if (Round > 0 && E.Outcomes.size() == Before)
        break;
    }
    if (E.Outcomes.empty()) // it calls itself on every way
      E.Outcomes = std::move(First);
    E.Assumed = false;
  }
  E.Ready = true;
  return &E;
}

/// Fills in what \p E's function does when \p Begin is known at its start.
void Engine::walkCallee(Frame &Inner, const Facts &Begin, Effects &E) {
  Record *Outer = Seen;
  Record Mine;
  std::vector<TakenArm> OuterArms;
  const Step *OuterStep = nullptr;
  unsigned OuterLoops = 0;
  Seen = &Mine;
  std::swap(Arms, OuterArms);
  std::swap(Current, OuterStep);
  std::swap(Loops, OuterLoops);
  StateSet In;
  PathState S;
  S.F = Begin;
  S.Ways.edit().push_back({});
  In.add(std::move(S));
  const Function &Fn = *Inner.Fn.Fn;
  std::vector<Outcome> Outcomes =
      body(Inner, Fn.Steps, Fn.Inside, Fn.Body, std::move(In));
  Seen = Outer;
  std::swap(Arms, OuterArms);
  std::swap(Current, OuterStep);
  std::swap(Loops, OuterLoops);
  E.Outcomes = std::move(Outcomes);
  E.Seen = std::move(Mine);
}

/// "X.shared" and lazy properties are made once, most likely before the push.
static bool isMadeOnce(const Call &C, const FunctionRef &R,
                       FunctionSource &Functions) {
  if (C.K != Call::Kind::PropertyRead)
    return false;
  if (C.OnType)
    return true;
  for (const FunctionSource::TypeRef &T : Functions.types(R.Fn->Owner))
    for (const Property &P : T.T->Properties)
      if (P.Name == C.Name && (P.IsLazy || P.IsStatic))
        return true;
  return false;
}

/// Whether a call changes the object that it is made on, as far as its name
/// says so.
static bool changesReceiver(const Call &C) {
  static constexpr llvm::StringLiteral First[] = {
      "append",  "insert", "add",  "set",   "remove",
      "update",  "merge",  "push", "pop",   "form",
      "replace", "swap",   "sort", "reset", "clear"};
  return llvm::any_of(First, [&](llvm::StringRef Word) {
    return llvm::StringRef(C.Name).starts_with(Word);
  });
}

/// Whether \p Fn changes something that outlives it.
static bool writesOutside(const Function &Fn) {
  std::set<std::string> Locals;
  for (const Parameter &P : Fn.Parameters)
    Locals.insert(P.Name);
  forEachStep(Fn.Steps, [&](const Step &S) {
    for (const Declaration &D : S.Declares)
      Locals.insert(D.Name);
    for (const Arm &A : S.Arms)
      for (const Declaration &D : A.Declares)
        Locals.insert(D.Name);
  });
  auto Outside = [&](llvm::StringRef Path) {
    Path = Path.ltrim("*&( ");
    return !Locals.count(
        Path.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; })
            .str());
  };
  bool Writes = false;
  forEachStep(Fn.Steps, [&](const Step &S) {
    Writes |= S.K == Step::Kind::Opaque;
    for (const Assignment &A : S.Assigns)
      Writes |= Outside(A.Target);
    for (const std::string &W : S.Writes)
      Writes |= Outside(W);
    auto Look = [&](const std::vector<Call> &Calls) {
      for (const Call &C : Calls)
        Writes |= C.K == Call::Kind::PropertyWrite
                      ? Outside(C.Receiver)
                      : changesReceiver(C) && !C.Receiver.empty() &&
                            Outside(C.Receiver);
    };
    Look(S.Calls);
    for (const Arm &A : S.Arms)
      Look(A.Calls);
  });
  return Writes;
}

/// A helper that looks something up, computes a value or logs, and does no
/// more than that.
static bool isMereQuestion(const FunctionRef &R, const Effects &E) {
  return !E.Cut && llvm::all_of(E.Seen.Works, [](const FoundWork &W) {
    return W.W.E == Effect::Log || W.W.E == Effect::Pure;
  }) && !writesOutside(*R.Fn);
}

static bool isIncidental(Effect E) {
  return E == Effect::Unknown || E == Effect::Log || E == Effect::Pure ||
         E == Effect::AsyncHop || E == Effect::Completion;
}

/// Makes what the callee did part of what is seen here; the result maps the
/// callee's works to the caller's.
std::vector<unsigned> Engine::adopt(Frame &F, const Call &C, const Record &R,
                                    bool CallsOnly) {
  std::vector<unsigned> Map;
  for (const FoundWork &Theirs : R.Works) {
    // A closure of the handler that the helper runs is the handler's own.
    FoundWork W = Theirs;
    if (isOwn(W.W.At) || (W.W.HandlerAt && isOwn(W.W.HandlerAt))) {
      W.Arms.insert(W.Arms.begin(), Arms.begin(), Arms.end());
      Map.push_back(remember(std::move(W)));
      continue;
    }
    // What a helper does that the catalogue does not know, its logging and its
    // hops say nothing about the handler.
    bool IsCalls = W.W.E == Effect::CallReport || W.W.E == Effect::CallSetup ||
                   W.W.E == Effect::CallUpdate;
    if (isIncidental(W.W.E) || (CallsOnly && !IsCalls)) {
      Map.push_back(~0u);
      continue;
    }
    if (F.Depth == 0) {
      W.W.HandlerAt = statement(F, C);
      W.W.InArm = Arms.empty() ? nullptr : Arms.back().A;
      W.Through = {C.Name};
      W.TakesPush |= takesPush(F, C);
    }
    W.Arms.insert(W.Arms.begin(), Arms.begin(), Arms.end());
    Map.push_back(remember(std::move(W)));
  }
  Seen->ReportedBy.insert(R.ReportedBy.begin(), R.ReportedBy.end());
  for (const Place &P : R.ReportSites)
    if (llvm::none_of(Seen->ReportSites, [&](const Place &O) {
          return P.In == O.In && P.Where == O.Where;
        }))
      Seen->ReportSites.push_back(P);
  for (const Problem &P : R.NotFollowed)
    if (llvm::none_of(Seen->NotFollowed, [&](const Problem &O) {
          return O.File == P.File && O.Line == P.Line && O.Message == P.Message;
        }))
      Seen->NotFollowed.push_back(P);
  Seen->BackgroundTime |= R.BackgroundTime;
  Seen->MoreWorks |= R.MoreWorks;
  Seen->Ran.insert(R.Ran.begin(), R.Ran.end());
  return Map;
}

static TrailRef append(TrailRef To, const TrailRef &Behind) {
  std::vector<const Trail *> Turns;
  for (const Trail *T = Behind.get(); T; T = T->Before.get())
    Turns.push_back(T);
  for (const Trail *T : llvm::reverse(Turns))
    To = extend(To, T->Note, T->Asked, T->Answer, T->Into);
  return To;
}

void Engine::apply(Frame &F, const Call &C, const Effects &E,
                   const std::vector<unsigned> &Works, const PathState &S,
                   StateSet &Next, Flow &Out) {
  // The helper is to blame for leaving its caller unreported only if some way
  // through it comes closer to a report.
  bool Decides = llvm::any_of(
      E.Outcomes, [&](const Outcome &O) { return !O.S.Exempt && O.S.R > S.R; });
  for (const Outcome &O : E.Outcomes) {
    PathState N = S;
    N.R = std::max(S.R, O.S.R);
    N.ForCall |= O.S.ForCall;
    if (O.S.R == Reported::Yes && S.Suspended && S.R < Reported::Yes)
      N.R = std::max(S.R, Reported::Later);
    if (N.R == Reported::Later && !N.LateReport)
      N.LateReport = O.S.LateReport;
    N.C = std::max(S.C, O.S.C);
    N.Exempt |= O.S.Exempt;
    N.Forgot |= O.S.Forgot;
    N.Suspended |= O.S.Suspended && C.Awaited;
    if (auto It = O.S.F->find("system 13"); It != O.S.F->end())
      N.F.edit().insert(*It);
    if (O.Result)
      N.F.edit()[resultKey(C.Where)] = *O.Result;
    for (unsigned W : O.S.Works)
      if (Works[W] != ~0u)
        N.Works.insert(Works[W]);
    if (N.R == Reported::Yes || N.R == Reported::Delegated) {
      if (S.R < N.R)
        for (unsigned W : S.WorksBefore)
          Seen->Works[W].W.BeforeReport = true;
      N.WorksBefore.clear();
    } else {
      for (unsigned W : O.S.WorksBefore)
        if (Works[W] != ~0u)
          N.WorksBefore.insert(Works[W]);
    }
    if (N.unreported() && Decides && O.S.R <= S.R && !S.Ways->empty()) {
      const Way &Came = S.Ways->front();
      std::vector<Way> Ways;
      for (const Way &Theirs : *O.S.Ways) {
        Way W;
        W.Earlier = Came.Earlier;
        W.T =
            append(extend(Came.T,
                          {F.place(C.NameRange.empty() ? C.Where : C.NameRange),
                           "calls '" + C.Name + "'",
                           /*IsCall=*/true}),
                   Theirs.T);
        W.B = Theirs.B;
        if (F.Depth == 0 && !W.B.HandlerAt && !isOwn(W.B.At))
          W.B.HandlerAt = statement(F, C);
        Ways.push_back(std::move(W));
      }
      N.Ways = std::move(Ways);
    }
    if (O.Threw && C.Try == Call::TryForm::Try)
      Out.jump(Step::ExitKind::Throw, "", F.place(C.Where), std::nullopt, [&] {
        StateSet Set;
        Set.add(std::move(N));
        return Set;
      }());
    else
      Next.add(std::move(N));
  }
}

StateSet Engine::project(Frame &F, const Call &C,
                         const std::vector<Closure> &Closures,
                         const std::vector<FunctionRef> &Callees, StateSet In,
                         Flow &Out) {
  std::vector<const Effects *> Found;
  bool MereQuestion = Callees.size() <= MaxCallees;
  for (const FunctionRef &R : llvm::ArrayRef(Callees).take_front(MaxCallees)) {
    const Effects *E = effectsOf(F, C, Closures, R);
    if (E)
      Found.push_back(E);
    MereQuestion &= E && isMereQuestion(R, *E);
  }
  if (Callees.size() > MaxCallees)
    notFollowed(F, C, "has more implementations than are followed");

  StateSet Next;
  bool Worked = false, Unseen = false;
  bool MadeOnce = isMadeOnce(C, Callees.front(), Functions);
  for (const Effects *E : Found) {
    // What is done where something is made serves what it is made for.
    std::vector<unsigned> Works = adopt(F, C, E->Seen, MadeOnce);
    Worked |= llvm::any_of(Works, [](unsigned W) { return W != ~0u; });
    Unseen |= llvm::any_of(E->Seen.Works, [](const FoundWork &W) {
      return W.W.E == Effect::Unknown;
    });
    for (const PathState &S : In)
      apply(F, C, *E, Works, S, Next, Out);
  }
  // Recursion: the call adds nothing to what the walk around it finds, unless
  // it is assumed not to end.
  bool Leaves = llvm::any_of(Found, [](const Effects *E) {
    return !E->Outcomes.empty() || E->Assumed;
  });
  if (!Leaves)
    Next = std::move(In);
  if ((!Worked || Unseen) && C.K != Call::Kind::PropertyRead)
    work(F, C, nullptr, Effect::Unknown, Next, MereQuestion);
  // A closure that no callee runs is kept for later.
  if (Found.size() == std::min(Callees.size(), MaxCallees))
    for (const Argument &A : C.Arguments)
      if (A.V.K == Value::Kind::Closure)
        if (Binding B = resolve(F, A.V, Closures);
            B.K == Binding::Kind::Code && !Seen->Ran.count(B.C.Steps))
          Next = runLater(F, B.C, std::move(Next));
  return Next;
}
