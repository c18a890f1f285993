//===-- ReportAndEnd.cpp - report a call where a handler reports none --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportAndEnd.h"
#include "rewriters/callkit/Blocks.h"
#include "rewriters/callkit/CancelPush.h"
#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/callkit/ReportHelper.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace ringfence;

namespace {
/// Where one call of the helper goes and which exits it covers.
struct Point {
  enum class Kind {
    Within, ///< in front of statement Index of B, or at its end
    Else,   ///< an else for the branch B.steps()[Index], which has none
  };
  Kind K = Kind::Within;
  Block B;
  unsigned Index = 0;
  std::optional<CancelledCall> Cancelled;
  /// Exits in here come behind the call. Empty for Else.
  Range Covers;
  std::vector<unsigned> Exits;
};

class ReportAndEnd {
public:
  explicit ReportAndEnd(const FixRequest &Request)
      : Request(Request), H(Request.handler()), Reports(Request.In, H.V),
        ForHandlers(onlyCalledByHandlers(H)) {}

  std::optional<FixSet> make();

private:
  const FixRequest &Request;
  const JudgedHandler &H;
  Reporting Reports;
  const std::vector<const Function *> ForHandlers;
  std::optional<ProviderAccess> Access;
  std::set<unsigned> Closed;
  std::map<unsigned, std::string> Refused; ///< exit → why

  void place(unsigned Exit, std::vector<Point> &Points);
  bool placeWithin(Block B, unsigned From, unsigned Exit, Point &Out,
                   std::string &Why);
  bool placeElse(const Block &Parent, unsigned Index, unsigned Exit, Point &Out,
                 std::string &Why);
  bool missesProvider(const Condition &C) const;
  void write(const Point &P, const ReportHelper &Helper, Builders &Files);
  void describe(FixSet &Set, size_t Places) const;
};
} // namespace

/// "line 12", or with the file if it is not the handler's.
static std::string placeName(const Place &P, const JudgedHandler &H) {
  std::string Line = "line " + std::to_string(P.line());
  return P.In == H.In ? Line : P.In->Source->path().str() + ", " + Line;
}

/// True if the arm is taken because there is no provider: then there is
/// nothing to report with.
bool ReportAndEnd::missesProvider(const Condition &C) const {
  if (Access->Placeholder)
    return false;
  llvm::StringRef Name = llvm::StringRef(Access->Provider).rsplit('.').second;
  if (Name.empty())
    Name = Access->Provider;
  llvm::StringRef Asked = C.Name.empty() ? C.Text : C.Name;
  if (C.K == Condition::Kind::NonNil &&
      (Asked == Name || Asked.ends_with(("." + Name).str())))
    return true;
  return llvm::any_of(C.Operands, [&](const Condition &Operand) {
    return missesProvider(Operand);
  });
}

/// A call in \p B, not before statement \p From, that covers all behind it:
/// after what may report, after arms that are exempt, after a cancelled call's
/// UUID is known.
bool ReportAndEnd::placeWithin(Block B, unsigned From, unsigned Exit,
                               Point &Out, std::string &Why) {
  const std::vector<Step> &Steps = B.steps();
  FunctionRef Caller{B.In, B.Fn};
  if (B.inLoop() && !leaves(Steps)) {
    Why = "a loop runs this way more than once";
    return false;
  }
  unsigned Index = From;
  for (unsigned I = From; I < Steps.size(); ++I) {
    if (Reports.mayReport(Steps[I], Caller)) {
      if (!Reports.reportingArmsLeave(Steps[I], Caller)) {
        Why = "line " +
              std::to_string(B.In->Source->line(Steps[I].Where.Begin)) +
              " reports on some of the ways that lead here";
        return false;
      }
      Index = I + 1;
    } else if (asksForExemption(Steps[I])) {
      Index = I + 1;
    }
  }
  Out.Cancelled = cancelledCall(B);
  if (Out.Cancelled)
    Index = std::max(Index, Out.Cancelled->After);
  // Arms further down that end the push's own call report that one.
  for (unsigned I = Index; I < Steps.size() && !Out.Cancelled; ++I)
    forEachStep(Steps[I], [&](const Step &Inner) {
      for (const Arm &A : Inner.Arms) {
        Block Below{B.In, B.Fn, &Inner, &A, levelsAt(*B.Fn, Inner.Where.Begin)};
        if (cancelledCall(Below))
          Index = I + 1;
      }
    });
  // A call behind the last exit of the list would never run.
  if (Index == Steps.size() && !Steps.empty() &&
      (leaves(Steps) || Steps.back().K == Step::Kind::Exit)) {
    Why = "the way is left before a call could be reported on it";
    return false;
  }
  Out.K = Point::Kind::Within;
  Out.Index = Index;
  Out.Exits = {Exit};
  std::uint32_t Begin =
      Index < Steps.size() ? Steps[Index].Where.Begin : B.where().End;
  Out.Covers = {Begin, B.where().End};
  Out.B = std::move(B);
  return true;
}

/// The exit is that no arm of statement \p Index of \p Parent is taken.
bool ReportAndEnd::placeElse(const Block &Parent, unsigned Index, unsigned Exit,
                             Point &Out, std::string &Why) {
  const Step &Branch = Parent.steps()[Index];
  // Early returns: what is behind the branch is what the exit runs through.
  if (Reports.reportingArmsLeave(Branch, {Parent.In, Parent.Fn}))
    return placeWithin(Parent, Index + 1, Exit, Out, Why);
  if (Branch.K != Step::Kind::Branch ||
      Branch.Branch == Step::BranchKind::Guard) {
    Why = "the report stands in a loop or block that may not run";
    return false;
  }
  if (Parent.inLoop()) {
    Why = "a loop runs this way more than once";
    return false;
  }
  Out.K = Point::Kind::Else;
  Out.B = Parent;
  Out.Index = Index;
  Out.Exits = {Exit};
  Out.Covers = {};
  return true;
}

void ReportAndEnd::place(unsigned Exit, std::vector<Point> &Points) {
  const UnreportedExit &E = H.V.Exits[Exit];
  if (E.ByRegionGate) {
    Refused[Exit] =
        "where CallKit may not be used, .voIP must not be registered: send "
        "alert pushes there";
    return;
  }
  const Function *Fn = functionAround(*E.At.In, E.At.Where);
  if (!Fn)
    return;
  bool OwnHelper = E.At.In == H.In && Fn->Owner == H.function().Owner &&
                   llvm::is_contained(ForHandlers, Fn);
  if (Fn != &H.function() && !OwnHelper) {
    Refused[Exit] = "it ends in " + Fn->Symbol +
                    ", which other code calls too: report where the push "
                    "arrives";
    return;
  }

  Point P;
  std::string Why;
  bool Placed = false;
  if (!E.Branch) {
    Placed = placeWithin({E.At.In, Fn, nullptr, nullptr, {}}, 0, Exit, P, Why);
  } else {
    std::vector<Level> Levels = levelsAt(*Fn, E.Branch->Where.Begin);
    auto At = llvm::find_if(
        Levels, [&](const Level &L) { return &L.step() == E.Branch; });
    if (At == Levels.end())
      return;
    unsigned Index = At->Index;
    Levels.erase(std::next(At), Levels.end());
    const Level Own = Levels.back();
    if (isCompletionCall(*E.Branch, completionIn(*Fn, H))) {
      // "if (completion) completion();" is no branch of its own.
      Levels.pop_back();
      Placed = placeWithin({E.At.In, Fn, Own.Owner, Own.InArm, Levels}, 0, Exit,
                           P, Why);
    } else if (E.ArmIndex >= 0 &&
               static_cast<size_t>(E.ArmIndex) < E.Branch->Arms.size()) {
      const Arm &A = E.Branch->Arms[E.ArmIndex];
      if (missesProvider(A.When)) {
        Refused[Exit] = "there is no provider to report with: make it when "
                        "the app launches";
        return;
      }
      Placed =
          placeWithin({E.At.In, Fn, E.Branch, &A, Levels}, 0, Exit, P, Why);
    } else if (!Own.InClosure) {
      Block Parent{E.At.In, Fn, Own.Owner, Own.InArm, Levels};
      Placed = placeElse(Parent, Index, Exit, P, Why);
    } else {
      Why = "it leaves from inside a closure";
    }
  }
  if (Placed)
    Points.push_back(std::move(P));
  else
    Refused[Exit] = Why;
}

/// Merges points that say the same, and drops those that lie behind another
/// one's call.
static std::vector<Point> outermost(std::vector<Point> Points) {
  std::vector<Point> Out;
  for (Point &P : Points) {
    auto Covering = llvm::find_if(Points, [&](const Point &Q) {
      if (&P == &Q || Q.K == Point::Kind::Else || P.B.Fn != Q.B.Fn)
        return false;
      if (P.K == Point::Kind::Else)
        return Q.Covers.contains(P.B.steps()[P.Index].Where);
      if (P.Covers == Q.Covers && P.B.where() == Q.B.where())
        return &Q < &P; // the same place: the first one stands for both
      return Q.Covers.contains(P.B.where());
    });
    if (Covering == Points.end())
      Out.push_back(std::move(P));
  }
  return Out;
}

/// The comments of \p S, each on a line of its own.
static std::string commentsOf(const Step &S, const File &In) {
  std::string Out;
  auto Add = [&](Range R) {
    llvm::SmallVector<llvm::StringRef, 4> Lines;
    In.Source->text(R).split(Lines, '\n');
    for (llvm::StringRef Line : Lines)
      if (llvm::StringRef Text = Line.trim(" \t\r;"); !Text.empty())
        Out += Text.str() + "\n";
  };
  if (S.WithComments.Begin < S.Where.Begin && !S.WithComments.empty())
    Add({S.WithComments.Begin, S.Where.Begin});
  if (S.WithComments.End > S.Where.End)
    Add({S.Where.End, S.WithComments.End});
  return Out;
}

void ReportAndEnd::write(const Point &P, const ReportHelper &Helper,
                         Builders &Files) {
  Builder &B = Files.of(*P.B.In);
  ReportedCall C;
  C.Reason = P.Cancelled ? "remoteEnded" : "failed";
  if (P.Cancelled)
    C.UUID = P.Cancelled->UUID;
  for (const Level &L : P.B.Around)
    if (L.InClosure) {
      C.NeedsSelf = true;
      if (llvm::any_of(L.InClosure->CaptureList, [](llvm::StringRef Item) {
            return Item.contains("weak self");
          }))
        C.Self = "self?";
    }

  bool Written = false;
  if (P.K == Point::Kind::Else) {
    Written =
        B.addElse(P.B.steps()[P.Index], Helper.callStatement(C, B.style()));
  } else {
    // Behind an optional chain the completion handler might never be called.
    const ProviderAccess &A = Helper.access();
    CompletionCall Done;
    if (!A.Optional && !A.ReachOptional && !P.B.inLoop())
      Done = ownCompletionCall(P.B, P.Index, completionIn(*P.B.Fn, H));
    std::string Comments;
    if (Done.S) {
      C.Completion = completionIn(*P.B.Fn, H);
      if (Done.Index != P.Index)
        Comments = commentsOf(*Done.S, *P.B.In);
    }
    std::string Lines = Comments + Helper.callStatement(C, B.style());
    if (Done.S && Done.Index == P.Index && !Done.Returns) {
      // The call stands in for the statement that it takes over.
      std::string Text = llvm::StringRef(Lines).rtrim("\n").str();
      if (B.text(Done.S->Where).ends_with(";") &&
          !llvm::StringRef(Text).ends_with(";"))
        Text += ";";
      B.replace(Done.S->Where, std::move(Text));
      Written = true;
    } else {
      const std::vector<Step> &Steps = P.B.steps();
      if (P.Index > 0 && P.Index < Steps.size())
        Written = B.insertBefore(Steps[P.Index], Lines);
      else if (P.Index > 0)
        Written = B.insertAfter(Steps.back(), Lines);
      else if (P.B.A)
        Written = B.insertAtHead(*P.B.Of, *P.B.A, Lines);
      else
        Written = B.insertAtHead(*P.B.Fn, Lines);
      if (Written && Done.S) {
        if (Done.Returns)
          B.replace(Done.S->Where, "return");
        else
          B.remove(*Done.S);
      }
    }
  }
  for (unsigned Exit : P.Exits)
    if (!Written)
      Refused[Exit] = "the code comes from a macro";
}

static std::string counted(size_t N, llvm::StringRef What) {
  return std::to_string(N) + " " + What.str() + (N == 1 ? "" : "s");
}

void ReportAndEnd::describe(FixSet &Set, size_t Places) const {
  llvm::StringRef Name = H.function().Name;
  Set.Title = "Report a call and end it where " +
              llvm::StringRef(H.function().Symbol).str() + " reports none";
  Set.Why =
      "iOS terminates an app that returns from this method without having "
      "reported a call, so " +
      counted(Places, "path") + " now " + (Places == 1 ? "reports" : "report") +
      " a placeholder call and " + (Places == 1 ? "ends" : "end") +
      " it at once; until the server stops sending such pushes this costs the "
      "user a flash of the call screen, a tap on the watch, call waiting in a "
      "running call, and maybe an entry in Recents.";
  (void)Name;
  Set.LeftToDo.push_back("Have the server send VoIP pushes for new calls "
                         "only, then take these reports out again.");
  Set.LeftToDo.push_back("Try each of these pushes on a device, with the app "
                         "terminated, in the background and in a call.");
  if (Access->Placeholder)
    Set.LeftToDo.push_back(
        "Put the app's one CXProvider in place of <#CXProvider#>; do not make "
        "a second one.");
  if (Access->Optional || Access->ReachOptional)
    Set.LeftToDo.push_back("Make sure that the provider exists before the "
                           "first push arrives: without it nothing is "
                           "reported.");
  if (H.function().HasErrors)
    Set.LeftToDo.push_back("The method could not be parsed completely: read "
                           "its change with care.");
  for (const auto &[Exit, Why] : Refused)
    Set.LeftToDo.push_back("Not closed: the exit at " +
                           placeName(H.V.Exits[Exit].At, H) + " (" + Why +
                           ").");
}

std::optional<FixSet> ReportAndEnd::make() {
  std::vector<unsigned> Exits;
  for (unsigned F : Request.Findings)
    for (unsigned E : Request.In.Findings[F].Exits)
      if (E < H.V.Exits.size() && !H.V.Exits[E].Late &&
          !llvm::is_contained(Exits, E))
        Exits.push_back(E);
  if (Exits.empty())
    return std::nullopt;
  Access = findProvider(Request.In, H);
  if (!Access) {
    Request.advise("the project has no CXProvider to report a call with");
    return std::nullopt;
  }

  std::vector<Point> Points;
  for (unsigned E : Exits)
    place(E, Points);
  Points = outermost(std::move(Points));

  FixSet Set;
  Builders Files;
  ReportHelper Helper(Request.In, H, *Access);
  for (const Point &P : Points)
    write(P, Helper, Files);
  for (unsigned E : Exits)
    if (!Refused.count(E))
      Closed.insert(E);
  if (!Closed.empty() && !Helper.addTo(Files)) {
    Request.advise("no header declares " + Access->Owner->Name +
                   ", whose provider would report the call");
    return std::nullopt;
  }
  for (unsigned F : Request.Findings) {
    Finding &Asked = Request.In.Findings[F];
    bool All = !Asked.Exits.empty();
    for (unsigned E : Asked.Exits) {
      if (Closed.count(E))
        continue;
      All = false;
      if (auto Why = Refused.find(E);
          Why != Refused.end() && Asked.Advice.empty())
        Asked.Advice = Why->second;
    }
    if (All)
      Set.Findings.push_back(F);
  }
  if (Closed.empty() || Points.empty())
    return std::nullopt;
  Set.A =
      Access->Placeholder ? Applicability::Placeholders : Applicability::Review;
  describe(Set, Points.size());
  Files.addTo(Set);
  return Set;
}

std::optional<FixSet> ringfence::reportAndEnd(const FixRequest &Request) {
  return ReportAndEnd(Request).make();
}
