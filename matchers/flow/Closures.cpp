//===-- Closures.cpp - code that is handed over, and when it runs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Engine.h"
#include "matchers/flow/Questions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

Binding Engine::lookUp(Frame &F, llvm::StringRef Name) const {
  for (const Frame *At = &F; At; At = At->Outer) {
    auto It = At->Names.find(plainName(Name).str());
    if (It == At->Names.end())
      It = At->Names.find(Name.str());
    if (It != At->Names.end())
      return It->second;
  }
  return {};
}

Binding Engine::resolve(Frame &F, const Value &V,
                        const std::vector<Closure> &Closures) {
  Binding B;
  switch (V.K) {
  case Value::Kind::Closure:
    if (V.ClosureIndex >= 0 && unsigned(V.ClosureIndex) < Closures.size()) {
      const Closure &C = Closures[V.ClosureIndex];
      B.K = Binding::Kind::Code;
      B.C = {&C.Steps, &C.Parameters, &F, C.Where};
    }
    return B;
  case Value::Kind::Parameter:
  case Value::Kind::Local:
  case Value::Kind::Member:
    B = lookUp(F, V.Name);
    break;
  case Value::Kind::Nil:
    B.K = Binding::Kind::Nil;
    return B;
  case Value::Kind::Literal:
    if (V.Text == "true" || V.Text == "YES" || V.Text == "false" ||
        V.Text == "NO") {
      B.K = Binding::Kind::Truth;
      B.B = V.Text == "true" || V.Text == "YES";
    }
    return B;
  default:
    break;
  }
  if (B.K == Binding::Kind::Unknown && isMadeOfPush(F, V.Text))
    B.K = Binding::Kind::Push;
  return B;
}

/// \p Text mentions the payload or something made of it.
bool Engine::isMadeOfPush(Frame &F, llvm::StringRef Text) const {
  std::size_t At = 0;
  while (At < Text.size()) {
    auto IsName = [](char C) { return llvm::isAlnum(C) || C == '_'; };
    if (!IsName(Text[At])) {
      ++At;
      continue;
    }
    std::size_t End = At;
    while (End < Text.size() && IsName(Text[End]))
      ++End;
    if (lookUp(F, Text.slice(At, End)).K == Binding::Kind::Push)
      return true;
    At = End;
  }
  return false;
}

/// Binds the locals of \p Steps: closures, boxes around the completion
/// handler, and what is made of the push.
void Engine::bindPush(Frame &F, const std::vector<Step> &Steps) {
  auto Bind = [&](llvm::StringRef Name, const Value &V, const Step &S) {
    if (Name.empty())
      return;
    Binding B = resolve(F, V, S.Closures);
    // "UncheckedSendableBox(completion)": whoever holds the box can call it.
    if (V.K == Value::Kind::Call && V.CallIndex >= 0 &&
        unsigned(V.CallIndex) < S.Calls.size())
      for (const Argument &A : S.Calls[V.CallIndex].Arguments)
        if (Binding Boxed = resolve(F, A.V, S.Closures);
            Boxed.K == Binding::Kind::Completion ||
            (Boxed.K == Binding::Kind::Code &&
             S.Calls[V.CallIndex].K == Call::Kind::Init))
          B = Boxed;
    if (B.K == Binding::Kind::Unknown || B.K == Binding::Kind::Truth ||
        B.K == Binding::Kind::Nil)
      return;
    F.Names[plainName(Name).str()] = B;
  };
  for (const Step &S : Steps) {
    for (const Declaration &D : S.Declares) {
      F.Locals.insert(D.Name);
      Bind(D.Name, D.Init, S);
    }
    for (const Assignment &A : S.Assigns) {
      auto [Root, Member] = llvm::StringRef(A.Target).split('.');
      if (Member.empty())
        Bind(A.Target, A.V, S);
      // "parameters.payload = payload": whoever gets the object gets the push.
      else if (isLocal(F, Root) &&
               lookUp(F, Root).K == Binding::Kind::Unknown &&
               isMadeOfPush(F, A.V.Text))
        F.Names[Root.str()].K = Binding::Kind::Push;
    }
    if (S.K == Step::Kind::LocalFunction && !S.Arms.empty()) {
      Binding B;
      B.K = Binding::Kind::Code;
      B.C = {&S.Arms.front().Steps, &S.Parameters, &F, S.Where};
      F.Names[S.Label] = B;
      continue;
    }
    for (const Arm &A : S.Arms) {
      Step Shadow; // an arm's declarations resolve against its own calls
      Shadow.Calls = A.Calls;
      // An element of what outlives the function does so too.
      bool IsElement = S.K == Step::Kind::Loop && !S.Reads.empty() &&
                       llvm::none_of(S.Reads, [&](const std::string &R) {
                         return isLocal(F, R);
                       });
      for (const Declaration &D : A.Declares) {
        if (!IsElement)
          F.Locals.insert(D.Name);
        if (D.Init.Text.empty() && D.Init.K == Value::Kind::Unknown) {
          // A loop variable or pattern: made of what is asked.
          Value Asked;
          Asked.Text = A.When.Text;
          for (const std::string &R : S.Reads)
            Asked.Text += " " + R;
          Bind(D.Name, Asked, Shadow);
        } else if (D.Init.K != Value::Kind::Closure) {
          Bind(D.Name, D.Init, Shadow);
        }
      }
      bindPush(F, A.Steps);
    }
  }
}

//===----------------------------------------------------------------------===//
// Running
//===----------------------------------------------------------------------===//

StateSet Engine::complete(StateSet In, Completed How) {
  StateSet Out;
  for (PathState S : In) {
    S.C = std::max(S.C, How);
    Out.add(std::move(S));
  }
  return Out;
}

Flow Engine::run(Frame &F, const Code &C, StateSet In) {
  // A closure that is handed to itself, or a local function that recurses.
  if (llvm::is_contained(Running, C.Steps) || Running.size() > 32) {
    Flow Out;
    Out.Next = std::move(In);
    return Out;
  }
  Running.push_back(C.Steps);
  Frames.push_back({C.Home->Fn, C.Home, {}, C.Home->Depth, {}});
  Frame &Inner = Frames.back();
  Seen->Ran.insert(C.Steps);
  for (const Parameter &P : *C.Parameters) {
    Inner.Names[P.Name] = {};
    Inner.Locals.insert(P.Name);
  }
  bindPush(Inner, *C.Steps);
  // Only what the closure itself leaves open is blamed on the caller.
  Flow Out = list(Inner, *C.Steps, std::move(In), {false, false});
  Running.pop_back();
  return Out;
}

/// Code that runs before the call returns.
StateSet Engine::runNow(Frame &F, const Code &C, StateSet In, Flow &Out,
                        bool MayThrow) {
  Flow One = run(F, C, std::move(In));
  StateSet Next = std::move(One.Next);
  for (Jump &J : One.Jumps) {
    if (J.K == Step::ExitKind::Return) {
      for (PathState S : J.States) {
        // Leaving the closure is not leaving the method.
        for (Way &W : S.Ways.edit())
          if (W.B.At && !F.blamesCallee(W.B))
            W.B = {};
        if (J.Result)
          S.F.edit()[resultKey(C.Where)] = *J.Result;
        Next.add(std::move(S));
      }
    } else if (J.K == Step::ExitKind::Throw && MayThrow) {
      Out.jump(J.K, J.Label, J.At, J.Result, std::move(J.States));
    }
  }
  return Next;
}

/// Code that runs after the delegate method has returned, or may do so.
StateSet Engine::runLater(Frame &F, const Code &C, StateSet In) {
  StateSet Out;
  ++Later;
  for (const PathState &S : In) {
    PathState Begin = S;
    Begin.R = Reported::No;
    Begin.Suspended = false;
    Begin.LateReport = {};
    StateSet Set;
    Set.add(std::move(Begin));
    Flow One = run(F, C, std::move(Set));
    PathState After = S;
    bool Any = false, AnyReports = false;
    bool CompletesAny = false;
    Completed Least = Completed::Yes;
    // What other ways of the closure do is not done for the late report.
    IndexSet ForReport, Others;
    auto Look = [&](const StateSet &States) {
      for (const PathState &E : States) {
        Any = true;
        bool Reports = !E.Exempt && E.R != Reported::No;
        (Reports ? ForReport : Others).insert(E.Works);
        After.ForCall |= E.ForCall;
        AnyReports |= Reports;
        if (Reports) {
          if (After.R < Reported::Later)
            After.R = E.R == Reported::Delegated ? Reported::Delegated
                                                 : Reported::Later;
          if (!After.LateReport)
            After.LateReport = E.LateReport;
        }
        CompletesAny |= E.C != Completed::No;
        Least = std::min(Least, E.C);
      }
    };
    Look(One.Next);
    for (const Jump &J : One.Jumps)
      if (J.K == Step::ExitKind::Return)
        Look(J.States);
    After.Works.insert(ForReport);
    if (!AnyReports || S.R == Reported::Yes)
      After.Works.insert(Others);
    if (After.R == Reported::Later && !After.LateReport)
      After.LateReport =
          Seen->ReportSites.empty() ? Place{} : Seen->ReportSites.back();
    if (Any && CompletesAny)
      After.C = std::max({After.C, Least, Completed::Maybe});
    Out.add(std::move(After));
  }
  --Later;
  return Out;
}

/// These call their closure once for each element: maybe never.
static bool iterates(llvm::StringRef Name) {
  return Name == "forEach" || Name == "map" || Name == "compactMap" ||
         Name == "flatMap" || Name == "filter" || Name == "reduce" ||
         Name == "first" || Name == "contains" || Name == "sorted" ||
         Name.starts_with("enumerateObjects") ||
         Name.starts_with("enumerateKeysAndObjects");
}

/// "handle((payload, completion))": an element of the tuple \p V is the
/// completion handler.
bool Engine::holdsCompletion(Frame &F, const Value &V) const {
  llvm::StringRef Text = llvm::StringRef(V.Text).trim();
  if (!Text.consume_front("(") || !Text.consume_back(")"))
    return false;
  llvm::SmallVector<llvm::StringRef, 4> Elements;
  Text.split(Elements, ',');
  return llvm::any_of(Elements, [&](llvm::StringRef Element) {
    auto [Label, Labelled] = Element.split(':');
    llvm::StringRef Name = Labelled.empty() ? Label : Labelled;
    return lookUp(F, Name.trim()).K == Binding::Kind::Completion;
  });
}

StateSet Engine::closures(Frame &F, const Call &C,
                          const std::vector<Closure> &Closures, Runs When,
                          StateSet In, Flow &Out) {
  for (const Argument &A : C.Arguments) {
    Binding B = resolve(F, A.V, Closures);
    if (B.K == Binding::Kind::Completion || holdsCompletion(F, A.V)) {
      // Handed over: an API calls its completion closure, a store does not.
      if (When != Runs::Never && C.K != Call::Kind::Init &&
          C.K != Call::Kind::PropertyWrite && C.K != Call::Kind::Subscript)
        In = complete(std::move(In), Completed::Yes);
      continue;
    }
    if (B.K != Binding::Kind::Code || When == Runs::Never)
      continue;
    bool Now = When == Runs::Now ||
               (When == Runs::Either && Options.QueueIsMain && Later == 0);
    if (C.K == Call::Kind::Init && When == Runs::Unknown)
      continue; // a box; it runs when it is called
    if (!Now) {
      In = runLater(F, B.C, std::move(In));
      continue;
    }
    StateSet Skipped;
    if (iterates(C.Name))
      Skipped = In;
    In = runNow(F, B.C, std::move(In), Out, C.Try == Call::TryForm::Try);
    In.add(Skipped);
  }
  return In;
}
