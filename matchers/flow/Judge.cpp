//===-- Judge.cpp - judges one handler -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/flow/Judge.h"
#include "matchers/flow/Engine.h"
#include "matchers/flow/Purpose.h"
#include "matchers/flow/Questions.h"
#include "matchers/flow/Slice.h"
#include "llvm/ADT/STLExtras.h"
using namespace ringfence;
using namespace ringfence::flow;

Engine::Engine(const File &In, const Handler &H, FunctionSource &Functions,
               const Catalogue &Apis, const JudgeOptions &Options,
               bool Guessing)
    : In(In), H(H), Functions(Functions), Apis(Apis), Options(Options),
      Guessing(Guessing) {}

std::vector<Outcome> Engine::walk() {
  const Function &Fn = In.Functions[H.FunctionIndex];
  Frames.push_back({{&In, &Fn}, nullptr, {}, 0, {}});
  Frame &F = Frames.back();
  PathState S;
  S.Ways.edit().push_back({});
  auto Bind = [&](llvm::StringRef Name, Binding::Kind K) {
    if (Name.empty())
      return;
    F.Names[Name.str()].K = K;
    S.F.edit()[nonNilKey(Name)] = true;
  };
  for (const Parameter &P : Fn.Parameters)
    F.Locals.insert(P.Name);
  Bind(H.Payload, Binding::Kind::Push);
  Bind(H.Completion, Binding::Kind::Completion);
  bindPush(F, Fn.Steps);
  StateSet Begin;
  Begin.add(std::move(S));
  return body(F, Fn.Steps, Fn.Inside, Fn.Body, std::move(Begin));
}

static bool reaches(const std::vector<Outcome> &Ends, Reported R) {
  return llvm::any_of(
      Ends, [&](const Outcome &O) { return !O.S.Exempt && O.S.R == R; });
}

static Reports reportsOf(const std::vector<Outcome> &Ends) {
  bool Yes = reaches(Ends, Reported::Yes);
  bool No = reaches(Ends, Reported::No);
  bool Late = reaches(Ends, Reported::Later);
  bool Delegated = reaches(Ends, Reported::Delegated);
  if (Yes)
    return No || Late ? Reports::SomePaths : Reports::Always;
  if (Delegated)
    return Reports::Unknown;
  if (Late)
    return Reports::Late;
  return No ? Reports::Never : Reports::Always;
}

static CompletionUse completionOf(const Handler &H,
                                  const std::vector<Outcome> &Ends) {
  if (H.Completion.empty())
    return CompletionUse::None;
  bool All = true, Any = false;
  for (const Outcome &O : Ends) {
    All &= O.S.C == Completed::Yes;
    Any |= O.S.C != Completed::No && O.S.C != Completed::Kept;
  }
  if (!Any)
    return CompletionUse::Never;
  return All ? CompletionUse::Always : CompletionUse::SomePaths;
}

//===----------------------------------------------------------------------===//
// Exits
//===----------------------------------------------------------------------===//

/// The questions that were answered on the way into the arm that is blamed, or
/// past the branch that is.
static std::vector<const Condition *> guardsOf(const Way &W) {
  std::vector<const Condition *> Out;
  if (!W.B.Branch)
    return Out;
  for (const Trail *T = W.T.get(); T; T = T->Before.get())
    if (T->Asked)
      for (const Arm &A : W.B.Branch->Arms)
        if (T->Asked == &A.When)
          Out.push_back(T->Asked);
  return Out;
}

static std::vector<PathNote> pathOf(const Way &W) {
  std::vector<PathNote> Path;
  for (const Trail *T = W.T.get(); T; T = T->Before.get()) {
    // Arms that were left again do not tell how the exit is reached.
    bool Around = T->Note.At.In == W.B.At.In && !T->Into.empty() &&
                  T->Into.contains(W.B.At.Where);
    bool Past = false;
    if (W.B.Branch && T->Asked && !T->Answer)
      for (const Arm &A : W.B.Branch->Arms)
        Past |= T->Asked == &A.When;
    bool IsCall = !T->Asked && T->Into.empty();
    if (Around || Past || IsCall)
      if (!T->Note.Message.empty())
        Path.push_back(T->Note);
  }
  std::reverse(Path.begin(), Path.end());
  return Path;
}

/// \p C, or the property that it reads, looks at the device's region.
static bool asksForRegion(const Condition &C, FunctionSource &Functions) {
  if (speaksOfRegion(C.Text))
    return true;
  for (const Condition &O : C.Operands)
    if (asksForRegion(O, Functions))
      return true;
  llvm::StringRef Name = C.Name.empty() ? llvm::StringRef(C.Text) : C.Name;
  Name = Name.trim().rtrim("()]");
  std::size_t At = Name.find_last_of(". >[");
  if (At != llvm::StringRef::npos)
    Name = Name.drop_front(At + 1);
  if (Name.empty())
    return false;
  for (const FunctionRef &R : Functions.named(Name))
    if (R && speaksOfRegion(R.In->Source->text(R.Fn->Body)))
      return true;
  return false;
}

static void addExits(const Outcome &O, FunctionSource &Functions,
                     std::vector<UnreportedExit> &Exits) {
  if (!O.S.unreported())
    return;
  for (const Way &W : *O.S.Ways) {
    UnreportedExit E;
    E.K = W.B.K;
    E.At = W.B.At;
    E.Late = O.S.R == Reported::Later;
    if (E.Late)
      E.LateReport = O.S.LateReport;
    E.HandlerAt = W.B.HandlerAt;
    E.Branch = W.B.Branch;
    E.ArmIndex = W.B.Arm;
    auto Same = llvm::find_if(Exits, [&](const UnreportedExit &X) {
      return X.At.In == E.At.In && X.At.Where == E.At.Where &&
             X.HandlerAt.Where == E.HandlerAt.Where && X.Branch == E.Branch &&
             X.ArmIndex == E.ArmIndex;
    });
    if (Same != Exits.end()) {
      Same->Late &= E.Late;
      continue;
    }
    std::vector<const Condition *> Guards = guardsOf(W);
    E.ByStateGuard =
        !Guards.empty() && llvm::all_of(Guards, [](const Condition *C) {
          return asksForAppState(*C);
        });
    E.ByRegionGate = llvm::any_of(Guards, [&](const Condition *C) {
      return asksForRegion(*C, Functions);
    });
    E.Path = pathOf(W);
    const char *Leaves = E.K == UnreportedExit::Kind::Return  ? "returns here"
                         : E.K == UnreportedExit::Kind::Throw ? "throws here"
                                                              : "leaves here";
    E.Path.push_back({E.At, Leaves});
    Exits.push_back(std::move(E));
  }
}

//===----------------------------------------------------------------------===//
// Works
//===----------------------------------------------------------------------===//

static std::vector<Work> worksOf(const File &In, const Handler &H,
                                 const Record &R,
                                 const std::vector<Outcome> &Ends,
                                 bool ProjectReports) {
  const Function &Fn = In.Functions[H.FunctionIndex];
  std::vector<FoundWork> Works = R.Works;
  // A call that is ended as soon as it is reported keeps the app alive; what
  // the push is about is something else.
  auto IsForCall = [&](const PathState &S) {
    bool Placeholder = false;
    for (unsigned W : S.Works) {
      if (Works[W].Reports && !Works[W].IsPlaceholder)
        return true;
      Placeholder |= Works[W].IsPlaceholder;
    }
    return !Placeholder && S.R != Reported::No;
  };
  for (const Outcome &O : Ends)
    if (IsForCall(O.S))
      for (unsigned W : O.S.Works)
        Works[W].ForReport = true;
  std::vector<Range> Reports;
  for (const FoundWork &W : Works)
    if (W.Reports)
      Reports.push_back(W.W.HandlerAt ? W.W.HandlerAt.Where : W.W.At.Where);
  std::set<const Step *> Needed =
      neededBy(Fn, Reports, {H.Payload, H.Registry, H.Completion});
  for (FoundWork &W : Works) {
    Range At = W.W.HandlerAt ? W.W.HandlerAt.Where : W.W.At.Where;
    W.Needed = llvm::any_of(Needed, [&](const Step *S) {
      return S->Where == At || (S->Arms.empty() && S->Where.contains(At));
    });
  }
  sendToDestinations(Works, ProjectReports);
  std::vector<Work> Out;
  for (FoundWork &W : Works)
    Out.push_back(std::move(W.W));
  return Out;
}

static std::pair<std::uint32_t, std::uint32_t> order(const Place &At,
                                                     const Place &HandlerAt) {
  const Place &First = HandlerAt ? HandlerAt : At;
  return {First.Where.Begin, At.Where.Begin};
}

/// Some way reports the call that the push is for, now or later. A placeholder,
/// ended in its own completion, leaves open what other ways do.
static bool reportsForCall(const std::vector<Outcome> &Ends, const Record &R) {
  return llvm::any_of(Ends, [&](const Outcome &O) {
    if (O.S.R != Reported::Yes && O.S.R != Reported::Later)
      return false;
    bool Placeholder = false, Call = false;
    for (unsigned W : O.S.Works) {
      Call |= R.Works[W].Reports && !R.Works[W].IsPlaceholder;
      Placeholder |= R.Works[W].IsPlaceholder;
    }
    return Call || !Placeholder;
  });
}

Verdict ringfence::judge(const File &In, const Handler &H,
                         FunctionSource &Functions, const Catalogue &Apis,
                         const JudgeOptions &Options) {
  // First by what can be seen. Where nothing seen reports, but something in
  // the project or an SDK does, a push that goes out of sight may be reported
  // there.
  auto E = std::make_unique<Engine>(In, H, Functions, Apis, Options, false);
  std::vector<Outcome> Ends = E->walk();
  bool MayReportElsewhere = Options.ProjectReports || Options.SDKReports;
  if (MayReportElsewhere && !reportsForCall(Ends, E->record())) {
    E = std::make_unique<Engine>(In, H, Functions, Apis, Options, true);
    Ends = E->walk();
  }
  const Record &R = E->record();

  Verdict V;
  V.R = reportsOf(Ends);
  V.ReportedBy.assign(R.ReportedBy.begin(), R.ReportedBy.end());
  V.ReportSites = R.ReportSites;
  for (const Outcome &O : Ends)
    addExits(O, Functions, V.Exits);
  llvm::stable_sort(
      V.Exits, [](const UnreportedExit &A, const UnreportedExit &B) {
        return order(A.At, A.HandlerAt) < order(B.At, B.HandlerAt);
      });
  V.Completion = completionOf(H, Ends);
  if (V.Completion != CompletionUse::None)
    for (const Outcome &O : Ends)
      if (O.S.C < Completed::Kept)
        for (const Way &W : *O.S.Ways) {
          Place At = W.B.HandlerAt ? W.B.HandlerAt : W.B.At;
          if (At && llvm::none_of(V.CompletionMissing, [&](const Place &P) {
                return P.Where == At.Where;
              }))
            V.CompletionMissing.push_back(At);
        }
  llvm::sort(V.CompletionMissing, [](const Place &A, const Place &B) {
    return A.Where.Begin < B.Where.Begin;
  });
  V.Steps =
      worksOf(In, H, R, Ends, MayReportElsewhere || V.R == Reports::Unknown);
  llvm::stable_sort(V.Steps, [](const Work &A, const Work &B) {
    return order(A.At, A.HandlerAt) < order(B.At, B.HandlerAt);
  });
  V.Followed = E->followed();
  V.NotFollowed = R.NotFollowed;
  auto SayOfHandler = [&](llvm::StringRef What) {
    const Function &Fn = In.Functions[H.FunctionIndex];
    Problem P;
    P.File = In.Source->path().str();
    P.Line = In.Source->line(Fn.Where.Begin);
    P.Message = ("'" + Fn.Name + "' " + What).str();
    V.NotFollowed.push_back(std::move(P));
  };
  if (llvm::any_of(Ends, [](const Outcome &O) { return O.S.Forgot; }))
    SayOfHandler("has too many ways to tell them all apart: a way that two "
                 "questions rule out may be among those named");
  if (R.MoreWorks)
    SayOfHandler("does more in its helpers than is listed");
  V.UsesBackgroundTime = R.BackgroundTime;
  return V;
}
