//===-- Placement.cpp - where reports go that close exits -----------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/Placement.h"
#include "matchers/flow/Questions.h"
#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/callkit/RunningCall.h"
#include "rewriters/callkit/TypeNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

/// What \p C asks beside the type of the push, which is known; null if that is
/// more than one thing.
static const Condition *onlyQuestion(const Condition &C) {
  switch (C.K) {
  case Condition::Kind::Not:
    return onlyQuestion(C.Operands.front());
  case Condition::Kind::And:
  case Condition::Kind::Or: {
    const Condition *Only = nullptr;
    for (const Condition &O : C.Operands) {
      const Condition *Asked = onlyQuestion(O);
      if (Asked && Asked->K == Condition::Kind::PushType)
        continue;
      if (Only || !Asked)
        return nullptr;
      Only = Asked;
    }
    return Only;
  }
  default:
    return &C;
  }
}

/// True if the arm is taken because there is no provider, or nobody who has
/// it: then there is nothing to report with. Where more is asked, it may be
/// there.
bool Placement::missesProvider(const Condition &When) const {
  const Condition *C = onlyQuestion(When);
  if (Access.Placeholder || !C || C->K != Condition::Kind::NonNil)
    return false;
  llvm::StringRef Name = Access.Provider;
  if (llvm::StringRef Member = Name.rsplit('.').second; !Member.empty())
    Name = Member;
  llvm::StringRef Asked = C->Name.empty() ? C->Text : C->Name;
  if (Asked == Name || Asked.ends_with(("." + Name).str()))
    return true;
  llvm::StringRef Root = Access.Reach;
  Root.consume_front("self.");
  Asked.consume_front("self.");
  return !Root.empty() && Asked == Root.take_while([](char Ch) {
    return llvm::isAlnum(Ch) || Ch == '_';
  });
}

/// The list that holds the statement \p B belongs to, and that statement's
/// index in it. None for a function's body and for what a closure holds.
static std::optional<std::pair<Block, unsigned>> parentOf(const Block &B) {
  if (B.Around.empty() || B.Around.back().InClosure)
    return std::nullopt;
  const Level &L = B.Around.back();
  Block Parent{B.In, B.Fn, L.Owner, L.InArm, B.Around};
  Parent.Around.pop_back();
  return std::make_pair(std::move(Parent), L.Index);
}

/// "else if": the arm is nothing but another branch and has no braces to put
/// a statement into.
static bool isElseIf(const Block &B) {
  return B.A && B.A->K == Arm::Kind::Else && B.A->Steps.size() == 1 &&
         B.A->Steps.front().K == Step::Kind::Branch &&
         B.A->Steps.front().Branch == Step::BranchKind::If &&
         B.A->Where.Begin == B.A->Steps.front().Where.Begin;
}

/// \p S is a loop whose rounds can tell the code behind it that they reported.
bool Placement::canBeFlagged(const Step &S, FunctionRef F) const {
  if (S.K != Step::Kind::Loop || S.InMacro || nameForReported(F).empty())
    return false;
  Builder Scratch(*F.In);
  return ReportResult(In, H.V).markIn(F, S, nameForReported(F), Scratch);
}

/// A call in \p B that covers all behind it: after what may report, after arms
/// that are exempt, after a cancelled call's UUID is known; else at the head.
bool Placement::within(const Block &B, std::string &Why) {
  if (isElseIf(B))
    return inElseIf(B, Why);
  const std::vector<Step> &Steps = B.steps();
  FunctionRef Caller{B.In, B.Fn};
  if (B.inLoop() && !leaves(Steps))
    return behindLoop(B, Why);
  unsigned Index = 0;
  std::optional<Point> Behind; // what tells whether it has reported
  for (unsigned I = 0; I < Steps.size(); ++I) {
    bool Reporting = Reports.mayReport(Steps[I], Caller);
    if (Reporting && Behind) {
      Why = "line " + std::to_string(B.In->Source->line(Steps[I].Where.Begin)) +
            " reports, and so does what comes before";
      return false;
    }
    if (Reporting && !Reports.reportingArmsLeave(Steps[I], Caller)) {
      std::string Unasked;
      if (canBeFlagged(Steps[I], Caller)) {
        Behind.emplace();
        Behind->K = Point::Kind::Flagged;
        Behind->B = B;
        Behind->Index = I;
        continue;
      }
      if (Steps[I].Arms.empty() && !Steps[I].Calls.empty() &&
          (Behind = asking(Steps[I].Calls.back(), Caller, Unasked)))
        continue;
      Why = "line " + std::to_string(B.In->Source->line(Steps[I].Where.Begin)) +
            " reports on some of the ways that lead here";
      return false;
    }
    bool Gate = llvm::any_of(Steps[I].Arms, [](const Arm &A) {
      return saysCallKitIsThere(A.When).has_value();
    });
    if (Reporting || Gate || asksForExemption(Steps[I]))
      Index = I + 1;
  }
  Point P;
  P.Cancelled = cancelledCall(B, In.Functions);
  if (P.Cancelled)
    Index = std::max(Index, P.Cancelled->After);
  // Arms further down that end the push's own call report that one.
  for (unsigned I = Index; I < Steps.size() && !P.Cancelled; ++I)
    forEachStep(Steps[I], [&](const Step &Inner) {
      for (const Arm &A : Inner.Arms)
        if (cancelledCall(
                {B.In, B.Fn, &Inner, &A, levelsAt(*B.Fn, Inner.Where.Begin)},
                In.Functions))
          Index = I + 1;
    });
  // A call behind the last exit of the list would never run.
  if (Index == Steps.size() && !Steps.empty() &&
      (leaves(Steps) || Steps.back().K == Step::Kind::Exit)) {
    Why = "the way is left before a call could be reported on it";
    return false;
  }
  if (Behind) {
    Points.push_back(std::move(*Behind));
    return true;
  }
  P.Index = Index;
  P.Covers = {Index < Steps.size() ? Steps[Index].Where.Begin : B.where().End,
              B.where().End};
  P.B = B;
  Points.push_back(std::move(P));
  return true;
}

/// A round of the loops around \p B may leave unreported what another reports:
/// the list that holds the outermost of them decides.
bool Placement::behindLoop(const Block &B, std::string &Why) {
  Block At = B;
  while (At.Of) {
    bool IsLoop = At.Of->K == Step::Kind::Loop;
    auto Parent = parentOf(At);
    if (!Parent)
      break;
    At = std::move(Parent->first);
    if (IsLoop && !At.inLoop())
      return within(At, Why);
  }
  Why = "a loop runs this way more than once";
  return false;
}

/// The whole "else if" chain from \p B on is unreported.
bool Placement::inElseIf(const Block &B, std::string &Why) {
  // One arm may lead to the chain around it, and the chain to its arms.
  if (!InChains.insert(B.A).second) {
    Why = "some arms around this way report and leave, others do not";
    return false;
  }
  auto Done = llvm::make_scope_exit([&] { InChains.erase(B.A); });
  FunctionRef Caller{B.In, B.Fn};
  if (Reports.reportingArmsLeave(*B.Of, Caller))
    if (auto Parent = parentOf(B))
      return within(Parent->first, Why);
  // Other arms report and run on: each arm of the chain gets a call.
  const Step &Chain = B.A->Steps.front();
  std::vector<Level> Around = levelsAt(*B.Fn, Chain.Where.Begin);
  while (!Around.empty() && &Around.back().step() != &Chain)
    Around.pop_back();
  for (const Arm &A : Chain.Arms)
    if (!within({B.In, B.Fn, &Chain, &A, Around}, Why))
      return false;
  return Chain.HasElse || missingElse(B, 0, Why);
}

/// The exit is that no arm of statement \p Index of \p Parent is taken.
bool Placement::missingElse(const Block &Parent, unsigned Index,
                            std::string &Why) {
  const Step &Branch = Parent.steps()[Index];
  FunctionRef Caller{Parent.In, Parent.Fn};
  // Early returns, or nothing there reports: the whole list runs unreported
  // from some place on.
  if (isElseIf(Parent)) {
    if (Reports.reportingArmsLeave(*Parent.Of, Caller))
      return within(Parent, Why);
  } else if (Reports.reportingArmsLeave(Branch, Caller)) {
    return within(Parent, Why);
  }
  if (Branch.K != Step::Kind::Branch ||
      Branch.Branch == Step::BranchKind::Guard) {
    Why = "the report stands in a loop or block that may not run";
    return false;
  }
  if (Parent.inLoop())
    return behindLoop(Parent, Why);
  Point P;
  P.K = Point::Kind::Else;
  P.B = Parent;
  P.Index = Index;
  Points.push_back(std::move(P));
  return true;
}

static bool hasExit(const Step &S) {
  bool Found = false;
  forEachStep(S,
              [&](const Step &Inner) { Found |= Inner.K == Step::Kind::Exit; });
  return Found;
}

/// Behind the statement that names the running call, if something does.
void Placement::nameRunningCall(Point &P) const {
  if (P.K != Point::Kind::Within || P.Cancelled)
    return;
  P.Running =
      runningCall(P.B, declarationsOf(H.function().Owner, *H.In, In.Functions));
  if (!P.Running)
    P.Running = runningCallElsewhere(P.B, H, In.Functions);
  const std::vector<Step> &Steps = P.B.steps();
  if (!P.Running || P.Running->After <= P.Index)
    return;
  if (P.Running->After >= Steps.size() ||
      llvm::any_of(llvm::ArrayRef(Steps).take_front(P.Running->After),
                   hasExit)) {
    P.Running.reset();
    return;
  }
  P.Index = P.Running->After;
  P.Covers.Begin = Steps[P.Index].Where.Begin;
}

/// \p C asks a constant of the project that is made of the device's region.
bool Placement::asksForRegion(const Condition &C) const {
  for (const Condition &O : C.Operands)
    if (asksForRegion(O))
      return true;
  llvm::StringRef Name = llvm::StringRef(C.Name).rsplit('.').second;
  if (Name.empty())
    Name = C.Name;
  if (C.K != Condition::Kind::Flag || Name.empty())
    return false;
  auto Is = [&](const Property &P) {
    return P.Name == Name && flow::speaksOfRegion(P.Initializer);
  };
  for (const std::string &Path : In.Project.filesWith(Name))
    if (const File *F = In.Project.file(Path))
      if (llvm::any_of(F->Globals, Is) ||
          llvm::any_of(F->Types, [&](const Type &T) {
            return llvm::any_of(T.Properties, Is);
          }))
        return true;
  return false;
}

/// What \p C, a statement of \p Caller, calls says whether it reported, and the
/// code behind the call reports if it has not.
std::optional<Point> Placement::asking(const Call &C, FunctionRef Caller,
                                       std::string &Why) {
  std::vector<Level> Levels = levelsAt(*Caller.Fn, C.Where.Begin);
  if (Levels.empty())
    return std::nullopt;
  const Step &S = Levels.back().step();
  bool IsStatement = S.K == Step::Kind::Do && !S.InMacro && S.Assigns.empty() &&
                     !S.Calls.empty() && &S.Calls.back() == &C &&
                     S.Where.Begin == C.Where.Begin &&
                     C.Try == Call::TryForm::None && !C.Awaited;
  Level At = Levels.back();
  Levels.pop_back();
  Point P;
  P.K = Point::Kind::Asked;
  P.B = {Caller.In, Caller.Fn, At.Owner, At.InArm, std::move(Levels)};
  P.Index = At.Index;
  P.Question = &C;
  P.Asked = In.Functions.callees(C, Caller);
  if (!IsStatement || At.InClosure || P.B.inClosure()) {
    Why = "its result cannot be asked for where it is called";
    return std::nullopt;
  }
  if (P.B.inLoop()) {
    Why = "a loop calls it more than once";
    return std::nullopt;
  }
  Builders Scratch;
  if (!Results.write(P.Asked, Scratch)) {
    Why = Results.whyNot();
    return std::nullopt;
  }
  return P;
}

/// The exit lies in a function that other code calls too: the first such on the
/// way says whether a call has been reported, and its caller reports if not.
bool Placement::behindSharedCall(const UnreportedExit &E, std::string &Why) {
  std::vector<ChainedCall> Chain = callsLeadingTo(E, H, In.Functions);
  auto IsOwn = [&](FunctionRef F) {
    return F.Fn == &H.function() ||
           (F.In == H.In && F.Fn->Owner == H.function().Owner &&
            llvm::is_contained(ForHandlers, F.Fn));
  };
  auto First = llvm::find_if(
      Chain, [&](const ChainedCall &C) { return !IsOwn(C.Callee); });
  if (First == Chain.end())
    return false;
  std::optional<Point> P = asking(*First->C, First->Caller, Why);
  if (P)
    Points.push_back(std::move(*P));
  return P.has_value();
}

/// \p E leaves a closure of the handler in which another way reports late. The
/// report that comes in time instead stands in front of both.
bool Placement::isBesideLateReport(const UnreportedExit &E) const {
  return llvm::any_of(H.V.Exits, [&](const UnreportedExit &Other) {
    if (!Other.Late || Other.LateReport.In != H.In || E.At.In != H.In)
      return false;
    return llvm::any_of(
        levelsAt(H.function(), E.At.Where.Begin), [&](const Level &L) {
          return L.InClosure &&
                 L.InClosure->Where.contains(Other.LateReport.Where);
        });
  });
}

/// \p E leaves because CallKit may not be used.
static bool isWithoutCallKit(const UnreportedExit &E) {
  if (!E.Branch || E.Branch->K != Step::Kind::Branch)
    return false;
  const std::vector<Arm> &Arms = E.Branch->Arms;
  auto Says = [](const Arm &A, bool IsThere) {
    return saysCallKitIsThere(A.When) == IsThere;
  };
  bool IsArm = E.ArmIndex >= 0 && static_cast<size_t>(E.ArmIndex) < Arms.size();
  if (IsArm && Arms[E.ArmIndex].K != Arm::Kind::Else)
    return Says(Arms[E.ArmIndex], false);
  return llvm::any_of(Arms, [&](const Arm &A) {
    return A.K == Arm::Kind::Then && A.When.K != Condition::Kind::And &&
           Says(A, true);
  });
}

void Placement::add(unsigned Exit) {
  const UnreportedExit &E = H.V.Exits[Exit];
  if (isBesideLateReport(E)) {
    Refused[Exit] = "report the call in time first";
    return;
  }
  bool AsksForRegion =
      E.Branch && llvm::any_of(E.Branch->Arms, [&](const Arm &A) {
        return asksForRegion(A.When);
      });
  if (E.ByRegionGate || AsksForRegion || isWithoutCallKit(E)) {
    Refused[Exit] =
        "where CallKit may not be used, .voIP must not be registered: send "
        "alert pushes there";
    return;
  }
  const Function *Fn = functionAround(*E.At.In, E.At.Where);
  bool OwnHelper = Fn && E.At.In == H.In && Fn->Owner == H.function().Owner &&
                   llvm::is_contained(ForHandlers, Fn);
  if (!Fn || (Fn != &H.function() && !OwnHelper)) {
    std::string Why = "report where the push arrives";
    if (Fn && behindSharedCall(E, Why))
      Points.back().Exits = {Exit};
    else
      Refused[Exit] = "it ends in " + (Fn ? Fn->Symbol : "code") +
                      ", which other code calls too: " + Why;
    return;
  }

  std::string Why = "its branch is not where the method shows it";
  std::size_t Before = Points.size();
  bool Placed = false;
  if (!E.Branch) {
    Placed = within({E.At.In, Fn, nullptr, nullptr, {}}, Why);
  } else {
    std::vector<Level> Levels = levelsAt(*Fn, E.Branch->Where.Begin);
    while (!Levels.empty() && &Levels.back().step() != E.Branch)
      Levels.pop_back();
    if (!Levels.empty()) {
      Block Arms{E.At.In, Fn, E.Branch, nullptr, Levels};
      auto Parent = parentOf(Arms);
      bool IsArm = E.ArmIndex >= 0 &&
                   static_cast<size_t>(E.ArmIndex) < E.Branch->Arms.size();
      if (IsArm)
        Arms.A = &E.Branch->Arms[E.ArmIndex];
      if (IsArm && missesProvider(Arms.A->When))
        Why = "there is no provider to report with: make it when the app "
              "launches";
      else if (Parent && isCompletionCall(*E.Branch, completionIn(*Fn, H)))
        // "if (completion) completion();" is no branch of its own.
        Placed = within(Parent->first, Why);
      else if (IsArm)
        Placed = within(Arms, Why);
      else if (Parent)
        Placed = missingElse(Parent->first, Parent->second, Why);
      else
        Why = "it leaves from inside a closure";
    }
  }
  if (!Placed) {
    // A chain of which only some arms found a place closes nothing.
    Points.resize(Before);
    Refused[Exit] = Why;
  }
  for (std::size_t I = Before; I < Points.size(); ++I) {
    Points[I].Exits = {Exit};
    if (Points[I].K == Point::Kind::Within && !Points[I].Cancelled)
      Points[I].Running = knownCall(Points[I].B);
    if (E.ByStateGuard && !Points[I].Running)
      nameRunningCall(Points[I]);
  }
}

/// True if the way through \p P runs on, past the end of its arm, to the call
/// that \p Q puts further down.
static bool runsInto(const Point &P, const Point &Q) {
  const Step *From = P.K == Point::Kind::Else ? &P.B.steps()[P.Index] : P.B.Of;
  if (!From || (P.K == Point::Kind::Within && leaves(P.B.steps())))
    return false;
  std::vector<Level> Levels = levelsAt(*P.B.Fn, From->Where.Begin);
  while (!Levels.empty() && &Levels.back().step() != From)
    Levels.pop_back();
  for (const Level &L : llvm::reverse(Levels)) {
    bool SameList = L.List == &Q.B.steps();
    unsigned End = SameList ? Q.Index : L.List->size();
    if (SameList && Q.Index <= L.Index)
      return false;
    for (unsigned I = L.Index + 1; I < End; ++I)
      if (hasExit((*L.List)[I]))
        return false;
    if (SameList)
      return true;
    if (L.InClosure || (L.Owner && L.Owner->K == Step::Kind::Loop))
      return false;
  }
  return false;
}

/// True if the call that \p Q puts also serves the exits of \p P.
static bool covers(const Point &Q, const Point &P) {
  if (Q.K != Point::Kind::Within || P.K == Point::Kind::Asked ||
      P.B.Fn != Q.B.Fn)
    return false;
  if (P.K == Point::Kind::Else)
    return Q.Covers.contains(P.B.steps()[P.Index].Where) || runsInto(P, Q);
  return Q.Covers.contains(P.B.where()) || runsInto(P, Q);
}

std::vector<Point> Placement::points() const {
  std::vector<Point> All = Points, Out;
  auto ComesBehind = [&](const Point &P, const Point &Q) {
    if (&P == &Q)
      return false;
    bool Same =
        P.K == Q.K && P.Index == Q.Index && &P.B.steps() == &Q.B.steps();
    return Same ? &Q < &P : covers(Q, P);
  };
  // An exit that another call covers is closed by that one.
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const Point &P : All)
      for (Point &Q : All)
        if (ComesBehind(P, Q))
          for (unsigned E : P.Exits)
            if (!llvm::is_contained(Q.Exits, E)) {
              Q.Exits.push_back(E);
              Changed = true;
            }
  }
  for (const Point &P : All)
    if (llvm::none_of(All, [&](const Point &Q) { return ComesBehind(P, Q); }))
      Out.push_back(P);
  return Out;
}
