//===-- PathPicture.cpp - the paths of a handler, line by line -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/plan/PathPicture.h"
#include "rewriters/capture/Scope.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace ringfence;
using llvm::StringRef;
using Kind = PathRow::Kind;

/// More rows than this are no picture any more.
static constexpr std::size_t MostRows = 70;
static constexpr std::size_t MostText = 100;

/// \p Text on one line, and not too long for one.
static std::string shortened(StringRef Text) {
  std::string Result;
  for (char C : Text.trim()) {
    bool Blank = C == ' ' || C == '\t' || C == '\n' || C == '\r';
    if (!Blank)
      Result += C;
    else if (!Result.empty() && Result.back() != ' ')
      Result += ' ';
  }
  if (Result.size() <= MostText)
    return Result;
  Result.resize(MostText - 3);
  // Do not cut a character in two.
  while (!Result.empty() && (Result.back() & 0x80))
    Result.pop_back();
  return Result + "...";
}

namespace {

class Drawing {
public:
  Drawing(const JudgedHandler &H, const std::vector<WorkItem> &Items)
      : H(H), Items(Items) {}

  std::vector<PathRow> draw() {
    const Function &F = H.function();
    add(Kind::Entry, 0, {H.In, F.Where}, "a VoIP push arrives");
    bool Reported = walk({H.In, &F}, F.Steps, 1, false);
    end(Reported);
    return std::move(Rows);
  }

private:
  using Steps = std::vector<Step>;

  void add(Kind K, unsigned Depth, Place At, std::string Text) {
    if (Rows.size() == MostRows) {
      if (Rows.back().K != Kind::More)
        Rows.back() = {Kind::More, Depth, "", 0, "and more"};
      return;
    }
    Rows.push_back({K, Depth, At.In ? At.In->Source->path().str() : "",
                    At ? At.line() : 0, std::move(Text)});
  }

  static bool within(Range Inner, Range Outer) {
    return Outer.Begin <= Inner.Begin && Inner.Begin < Outer.End;
  }
  static bool isIn(const FunctionRef &F, Place P) {
    return P.In == F.In && within(P.Where, F.Fn->Where);
  }
  /// The range in \p F that stands for something at \p At, reached from the
  /// handler's statement \p Via; empty if it is not in F.
  Range placeIn(const FunctionRef &F, Place At, Place Via) const {
    if (isIn(F, At))
      return At.Where;
    return Via && isIn(F, Via) ? Via.Where : Range{};
  }

  bool concerns(const FunctionRef &F, Range R) const {
    auto Hits = [&](Range Where) { return !Where.empty() && within(Where, R); };
    return llvm::any_of(Items,
                        [&](const WorkItem &W) {
                          return Hits(placeIn(F, W.At, W.HandlerAt));
                        }) ||
           llvm::any_of(H.V.Exits, [&](const UnreportedExit &E) {
             return Hits(placeIn(F, E.At, E.HandlerAt));
           });
  }

  static bool returns(const Steps &List) {
    return llvm::any_of(List, [](const Step &S) {
      return (S.K == Step::Kind::Exit && S.Exit == Step::ExitKind::Return) ||
             llvm::any_of(S.Arms,
                          [](const Arm &A) { return returns(A.Steps); });
    });
  }

  /// Draws \p List; true if a call is reported on every way through it, or was
  /// before it.
  bool walk(const FunctionRef &F, const Steps &List, unsigned Depth,
            bool Reported) {
    for (const Step &S : List) {
      if (S.K == Step::Kind::Exit && S.Exit == Step::ExitKind::Return) {
        works(F, S, Depth, Reported);
        leave(F, S, Depth, Reported);
        continue;
      }
      if (!concerns(F, S.Where) && !(isHandler(F) && returns(S.Arms)))
        continue;
      works(F, S, Depth, Reported);
      for (const Closure &C : S.Closures)
        if (concerns(F, C.Where)) {
          add(Kind::Arm, Depth, {F.In, C.Where}, "in the closure");
          Reported |= walk(F, C.Steps, Depth + 1, Reported) && OnTime;
        }
      arms(F, S, Depth, Reported);
    }
    return Reported;
  }
  static bool returns(const std::vector<Arm> &Arms) {
    return llvm::any_of(Arms, [](const Arm &A) { return returns(A.Steps); });
  }
  bool isHandler(const FunctionRef &F) const { return F.Fn == &H.function(); }

  static std::string armText(const FunctionRef &F, const Step &S,
                             unsigned Index) {
    const Arm &A = S.Arms[Index];
    StringRef When = A.When.Text;
    switch (A.K) {
    case Arm::Kind::Then:
      if (S.K == Step::Kind::Branch && S.Branch == Step::BranchKind::Guard)
        return "unless " + guardText(F, S);
      return (Index == 0 ? "if " : "else if ") + When.str();
    case Arm::Kind::Else:
      return "else";
    case Arm::Kind::Case:
      return When.starts_with("case") ? When.str() : "case " + When.str();
    case Arm::Kind::Default:
      return "in any other case";
    case Arm::Kind::Catch:
      return "if that throws";
    case Arm::Kind::Finally:
      return "in the end";
    case Arm::Kind::Conditional:
      return "#if " + When.str();
    case Arm::Kind::Body:
      return "repeatedly";
    }
    return "";
  }
  /// The condition of a guard as it is written: what holds in its arm is the
  /// contrary.
  static std::string guardText(const FunctionRef &F, const Step &S) {
    StringRef Text =
        F.In->Source->text({S.Where.Begin, S.Arms.front().Where.Begin});
    Text = Text.trim();
    Text.consume_front("guard");
    Text.consume_back("else");
    return Text.trim().str();
  }

  /// The if of an "else if", which Objective-C nests.
  static const Step *elseIf(const Arm &A) {
    if (A.K != Arm::Kind::Else || A.Steps.size() != 1)
      return nullptr;
    const Step &S = A.Steps.front();
    return S.K == Step::Kind::Branch && S.Branch == Step::BranchKind::If
               ? &S
               : nullptr;
  }

  void arms(const FunctionRef &F, const Step &S, unsigned Depth, bool &Reported,
            StringRef Before = "") {
    if (S.Arms.empty())
      return;
    bool IsSwitch =
        S.K == Step::Kind::Branch && S.Branch == Step::BranchKind::Switch;
    if (IsSwitch) {
      StringRef Head =
          F.In->Source->text({S.Where.Begin, S.Arms.front().Where.Begin});
      add(Kind::Branch, Depth, {F.In, S.Where},
          shortened(Head.split('{').first));
      ++Depth;
    }
    bool All = S.K == Step::Kind::Branch && S.HasElse;
    bool Any = false;
    for (unsigned I = 0; I != S.Arms.size(); ++I) {
      const Arm &A = S.Arms[I];
      bool Plain = S.K == Step::Kind::Scope || S.K == Step::Kind::Defer ||
                   (S.K == Step::Kind::Try && A.K == Arm::Kind::Body);
      unsigned Inner = Plain ? Depth : Depth + 1;
      bool Concerned = concerns(F, A.Where) || leavesAt(S, I) ||
                       (isHandler(F) && returns(A.Steps));
      if (!Concerned && !IsSwitch && A.K != Arm::Kind::Else) {
        All = false;
        continue;
      }
      if (const Step *Nested = elseIf(A); Nested && !leavesAt(S, I)) {
        bool Now = Reported;
        works(F, *Nested, Depth, Now);
        arms(F, *Nested, Depth, Now, "else ");
        All &= Now;
        Any |= Now;
        continue;
      }
      if (!Plain)
        add(Kind::Arm, Depth, {F.In, A.Where},
            shortened((I == 0 ? Before.str() : std::string()) +
                      armText(F, S, I)));
      bool Now = walk(F, A.Steps, Inner, Reported);
      for (const UnreportedExit &E : H.V.Exits)
        if (E.Branch == &S && E.ArmIndex == static_cast<int>(I))
          leave(E, Inner);
      // Who has left the method has no say in what comes behind.
      bool Gone = leavesAt(S, I) || returns(A.Steps);
      All &= Now || Gone;
      Any |= Now && !Gone;
      if (Plain && Now)
        Reported = true;
    }
    for (const UnreportedExit &E : H.V.Exits)
      if (E.Branch == &S && E.ArmIndex < 0) {
        add(Kind::Arm, Depth, {F.In, S.Where}, "otherwise");
        leave(E, Depth + 1);
      }
    Reported |= All && Any;
  }
  bool leavesAt(const Step &S, unsigned Index) const {
    return llvm::any_of(H.V.Exits, [&](const UnreportedExit &E) {
      return E.Branch == &S && E.ArmIndex == static_cast<int>(Index);
    });
  }

  /// What \p S itself does, or what helpers do that it calls.
  void works(const FunctionRef &F, const Step &S, unsigned Depth,
             bool &Reported) {
    OnTime = true;
    auto IsInside = [&](Range Where) {
      // Arms and closures draw their own.
      return llvm::any_of(
                 S.Arms,
                 [&](const Arm &A) { return within(Where, A.Where); }) ||
             llvm::any_of(S.Closures, [&](const Closure &C) {
               return within(Where, C.Where);
             });
    };
    std::set<const Function *> Opened;
    for (const UnreportedExit &E : H.V.Exits) {
      if (isIn(F, E.At) || !E.HandlerAt || !isIn(F, E.HandlerAt) ||
          !within(E.HandlerAt.Where, S.Where) || IsInside(E.HandlerAt.Where))
        continue;
      const Function *Helper = functionAt(E.At);
      if (!Helper || !Opened.insert(Helper).second)
        continue;
      add(Kind::Helper, Depth, {E.At.In, Helper->Where}, Helper->Symbol);
      Reported |= walk({E.At.In, Helper}, Helper->Steps, Depth + 1, Reported);
      // One that no arm has drawn leaves at the helper's end.
      for (const UnreportedExit &End : H.V.Exits)
        if (!End.Branch && functionAt(End.At) == Helper)
          leave(End, Depth + 1);
    }
    for (const WorkItem &W : Items) {
      Range Where = placeIn(F, W.At, W.HandlerAt);
      if (Where.empty() || !within(Where, S.Where) || IsInside(Where) ||
          (!isIn(F, W.At) && Opened.count(functionAt(W.At))))
        continue;
      std::string Text = W.What;
      Place At = W.At;
      if (!isIn(F, W.At)) {
        // The table has the whole path; here it would make the picture wide.
        Text += " in " +
                llvm::sys::path::filename(At.In->Source->path()).str() + ":" +
                std::to_string(At.line());
        At = W.HandlerAt;
      }
      if (W.E != Effect::CallReport) {
        add(Kind::Work, Depth, At, Text);
        continue;
      }
      bool Late = isLateReport(H, Items, W);
      OnTime &= !Late;
      add(Late ? Kind::Late : Kind::Report, Depth, At, Text);
      Reported |= !Late;
    }
  }

  const Function *functionAt(Place P) const {
    for (const Function &F : P.In->Functions)
      if (within(P.Where, F.Where))
        return &F;
    return nullptr;
  }

  void leave(const UnreportedExit &E, unsigned Depth) {
    if (!Drawn.insert(&E).second)
      return;
    add(Kind::Unreported, Depth, E.At,
        E.Late ? "returns before the report is called"
               : "returns without a report");
  }
  /// The return \p S. A faulty one belongs to an arm, which draws it.
  void leave(const FunctionRef &F, const Step &S, unsigned Depth,
             bool Reported) {
    if (!isHandler(F) || llvm::any_of(H.V.Exits, [&](const UnreportedExit &E) {
          return E.At.In == F.In && within(E.At.Where, S.Where);
        }))
      return;
    Place At{F.In, S.Where};
    if (Reported)
      add(Kind::Leaves, Depth, At, "returns; a call was reported");
    else if (H.V.R == Reports::Unknown)
      add(Kind::Unseen, Depth, At,
          "returns; whether a call was reported cannot be seen");
    else
      add(Kind::Exempt, Depth, At, "returns; iOS asks for no report here");
  }

  void end(bool Reported) {
    Place End{H.In, {H.function().Where.End - 1, H.function().Where.End}};
    bool Faulty = false;
    for (const UnreportedExit &E : H.V.Exits)
      if (!Drawn.count(&E)) {
        Faulty = true;
        leave(E, 1);
      }
    if (H.V.R == Reports::Unknown && H.V.Exits.empty())
      add(Kind::Unseen, 1, End,
          "whether a call is reported is up to code that cannot be seen");
    else if (Reported && !Faulty)
      add(Kind::Leaves, 1, End, "returns; a call was reported");
    else if (!Faulty && llvm::any_of(Rows, [](const PathRow &R) {
               return R.K == Kind::Report;
             }))
      add(Kind::Leaves, 1, End,
          "returns; the paths that get here have reported a call");
  }

  const JudgedHandler &H;
  const std::vector<WorkItem> &Items;
  std::vector<PathRow> Rows;
  std::set<const UnreportedExit *> Drawn;
  bool OnTime = true; ///< the statement's reports come before the return
};

} // namespace

std::vector<PathRow>
ringfence::pathPicture(const JudgedHandler &H,
                       const std::vector<WorkItem> &Items) {
  return Drawing(H, Items).draw();
}

StringRef ringfence::nameOf(PathRow::Kind K) {
  switch (K) {
  case Kind::Entry:
    return "entry";
  case Kind::Branch:
    return "branch";
  case Kind::Arm:
    return "arm";
  case Kind::Helper:
    return "helper";
  case Kind::Report:
    return "report";
  case Kind::Late:
    return "late-report";
  case Kind::Work:
    return "work";
  case Kind::Leaves:
    return "leaves";
  case Kind::Exempt:
    return "exempt";
  case Kind::Unreported:
    return "unreported";
  case Kind::Unseen:
    return "unseen";
  case Kind::More:
    return "more";
  }
  return "";
}
