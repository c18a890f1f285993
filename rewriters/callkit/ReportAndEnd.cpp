//===-- ReportAndEnd.cpp - report a call where a handler reports none --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportAndEnd.h"
#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/callkit/MetadataMethod.h"
#include "rewriters/callkit/Placement.h"
#include "rewriters/callkit/ReportHelper.h"
#include "rewriters/callkit/ReportResult.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;

namespace {
class ReportAndEnd {
public:
  enum class Mode { Paths, Existing, Metadata };
  ReportAndEnd(const FixRequest &Request, Mode M)
      : Request(Request), H(Request.handler()), Existing(M != Mode::Paths),
        Adopts(M == Mode::Metadata), Method(Request.In, H) {}

  std::optional<FixSet> make();

private:
  const FixRequest &Request;
  const JudgedHandler &H;
  const bool Existing; ///< the findings are those of a guard by state
  const bool Adopts;
  const MetadataMethod Method;
  std::optional<ProviderAccess> Access;
  std::map<unsigned, std::string> Refused; ///< exit → why
  /// Functions that now say whether they reported.
  std::vector<const Function *> Saying;

  std::vector<unsigned> exits(llvm::StringRef Check) const;
  bool write(const Point &P, const ReportHelper &Helper, Builders &Files);
  bool flag(const Point &P, const std::string &Report, Builder &B);
  void ask(const Point &P, const std::string &Report, Builder &B);
  bool sayWhetherReported(llvm::ArrayRef<Point> Points, Builders &Files);
  void close(FixSet &Set, llvm::ArrayRef<Point> Points);
  void describe(FixSet &Set, size_t Places, llvm::ArrayRef<Point> Points) const;
  void describeExisting(FixSet &Set, llvm::ArrayRef<Point> Points) const;
  void addCaveats(FixSet &Set) const;
};
} // namespace

/// "line 12", or with the file if it is not the handler's.
static std::string placeName(const Place &P, const JudgedHandler &H) {
  std::string Line = "line " + std::to_string(P.line());
  return P.In == H.In ? Line : P.In->Source->path().str() + ", " + Line;
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

/// The statement at \p P becomes a question for what it calls: \p Report is
/// made where that has reported nothing.
void ReportAndEnd::ask(const Point &P, const std::string &Report, Builder &B) {
  const Step &S = P.B.steps()[P.Index];
  const bool Swift = B.file().Source->language() == Language::Swift;
  const std::string Base = B.indentation(S.Where.Begin).str();
  const Style &Habits = B.style();
  std::string Call = B.text(S.Where).rtrim(" \t\r\n;").str();
  std::string Question, Result = Call;
  bool Optional = Swift && P.Question->OptionalChain;
  std::string Name;
  if (!S.Closures.empty() &&
      !(Name = nameForReported({P.B.In, P.B.Fn})).empty()) {
    // A closure does not read well in a question, nor may it end one.
    Question = (Swift ? "let " : "BOOL ") + Name + " = " + Call +
               (Swift ? "" : ";") + Habits.LineEnding + Base;
    Result = Name;
  }
  std::string Open = Swift ? "if " : "if (";
  if (!Optional)
    Open += "!";
  if (Name.empty())
    Result = B.shifted(Call, Open.size(), Base);
  Question += Open + Result + (Optional ? " != true" : "") + (Swift ? "" : ")");
  B.replace(S.Where, Question + Habits.controlBrace(Base) + Habits.LineEnding +
                         B.layOut(Report, Base + Habits.Unit) + Base + "}");
}

/// The functions that \p Points ask say whether they have reported.
bool ReportAndEnd::sayWhetherReported(llvm::ArrayRef<Point> Points,
                                      Builders &Files) {
  ReportResult Result(Request.In, H.V);
  for (const Point &P : Points) {
    if (P.K != Point::Kind::Asked)
      continue;
    if (!Result.write(P.Asked, Files)) {
      Request.advise(Result.whyNot());
      return false;
    }
  }
  Saying = Result.written();
  return true;
}

/// \p Report, made where the system asks for one.
static std::string whereDue(const std::string &Report, const Builder &B) {
  const bool Swift = B.file().Source->language() == Language::Swift;
  return (Swift ? "if mustReport {\n\t" : "if (mustReport) {\n\t") + Report +
         "}\n";
}

static bool insertAt(const Point &P, const std::string &Lines, Builder &B) {
  const std::vector<Step> &Steps = P.B.steps();
  if (P.Index > 0 && P.Index < Steps.size())
    return B.insertBefore(Steps[P.Index], Lines);
  if (P.Index > 0)
    return B.insertAfter(Steps.back(), Lines);
  if (P.B.A)
    return B.insertAtHead(*P.B.Of, *P.B.A, Lines);
  return B.insertAtHead(*P.B.Fn, Lines);
}

/// A variable says whether a round of the loop at \p P has reported: if none
/// has, \p Report is made.
bool ReportAndEnd::flag(const Point &P, const std::string &Report, Builder &B) {
  const Step &Loop = P.B.steps()[P.Index];
  const bool Swift = B.file().Source->language() == Language::Swift;
  FunctionRef F{P.B.In, P.B.Fn};
  const std::string Name = nameForReported(F);
  return insertAt(P,
                  Swift ? "var " + Name + " = false\n"
                        : "BOOL " + Name + " = NO;\n",
                  B) &&
         ReportResult(Request.In, H.V).markIn(F, Loop, Name, B) &&
         B.insertAfter(Loop, (Swift ? "if !" + Name : "if (!" + Name + ")") +
                                 " {\n\t" + Report + "}\n");
}

/// Puts the call of \p P into its file; false if a macro is in the way.
bool ReportAndEnd::write(const Point &P, const ReportHelper &Helper,
                         Builders &Files) {
  Builder &B = Files.of(*P.B.In);
  ReportedCall C;
  C.Reason = P.Cancelled ? "remoteEnded" : "failed";
  if (P.Cancelled)
    C.UUID = P.Cancelled->UUID;
  else if (P.Running)
    C.UUID = P.Running->UUID;
  for (const Level &L : P.B.Around)
    if (L.InClosure) {
      C.NeedsSelf = true;
      if (llvm::any_of(L.InClosure->CaptureList, [](llvm::StringRef Item) {
            return Item.contains("weak self");
          }))
        C.Self = "self?";
    }

  bool Written = false;
  if (P.K == Point::Kind::Flagged && !Adopts) {
    Written = flag(P, Helper.callStatement(C, B.style()), B);
  } else if (Adopts) {
    std::string Lines = whereDue(Helper.callStatement(C, B.style()), B);
    Written = P.K == Point::Kind::Else ? B.addElse(P.B.steps()[P.Index], Lines)
                                       : insertAt(P, Lines, B);
  } else if (P.K == Point::Kind::Asked) {
    ask(P, Helper.callStatement(C, B.style()), B);
    Written = true;
  } else if (P.K == Point::Kind::Else) {
    Written =
        B.addElse(P.B.steps()[P.Index], Helper.callStatement(C, B.style()));
  } else {
    // Behind an optional chain the completion handler might never be called.
    const ProviderAccess &A = Helper.access();
    CompletionCall Done;
    if (!A.Optional && !A.ReachOptional && !A.ReachChained && !P.B.inLoop())
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
      Written = insertAt(P, Lines, B);
      if (Written && Done.S) {
        if (Done.Returns)
          B.replace(Done.S->Where, "return");
        else
          B.remove(*Done.S);
      }
    }
  }
  return Written;
}

static std::string counted(size_t N, llvm::StringRef What) {
  return std::to_string(N) + " " + What.str() + (N == 1 ? "" : "s");
}

void ReportAndEnd::describe(FixSet &Set, size_t Places,
                            llvm::ArrayRef<Point> Points) const {
  Set.Title =
      "Report a call and end it where " + H.function().Symbol + " reports none";
  size_t Known = 0;
  for (const Point &P : Points)
    if (P.Running && !P.Cancelled)
      Known += P.Exits.size();
  Known = std::min(Known, Places);
  size_t Ended = Places - Known;
  Set.Why = "iOS terminates an app that returns from this method without "
            "having reported a call, so ";
  if (Ended)
    Set.Why += counted(Ended, "path") + " now " +
               (Ended == 1 ? "reports" : "report") +
               " a placeholder call and " + (Ended == 1 ? "ends" : "end") +
               " it at once; until the server stops sending such pushes this "
               "costs the user a flash of the call screen, a tap on the watch, "
               "call waiting in a running call, and maybe an entry in Recents.";
  if (Ended && Known)
    Set.Why += " And ";
  if (Known)
    Set.Why += counted(Known, "path") + " about a call that is known already " +
               (Known == 1 ? "reports" : "report") +
               " it again; that it exists is the error that is expected.";
  Set.LeftToDo.push_back("Have the server send VoIP pushes for new calls "
                         "only, then take these reports out again.");
  Set.LeftToDo.push_back("Try each of these pushes on a device, with the app "
                         "terminated, in the background and in a call.");
  addCaveats(Set);
}

void ReportAndEnd::describeExisting(FixSet &Set,
                                    llvm::ArrayRef<Point> Points) const {
  size_t Again = llvm::count_if(
      Points, [](const Point &P) { return P.Running.has_value(); });
  Set.Title =
      "Report a call in every state of the app in " + H.function().Symbol;
  Set.Why = "The system excuses a missing report by the state that it sees, "
            "not by the one that the app sees, and terminates the app where "
            "the two differ. ";
  if (Again)
    Set.Why += counted(Again, "path") +
               (Again == 1 ? " now reports" : " now report") +
               " the running call again; that it exists already is the error "
               "that is expected. ";
  if (size_t Ended = Points.size() - Again)
    Set.Why += counted(Ended, "path") +
               (Ended == 1 ? " now reports" : " now report") +
               " a placeholder call and " + (Ended == 1 ? "ends" : "end") +
               " it at once. ";
  Set.Why = llvm::StringRef(Set.Why).rtrim().str();
  if (Adopts) {
    Set.Title =
        "Ask the system whether a call is due in " + H.function().Symbol;
    Set.Why += " From iOS 26.4 on the system says so itself: where mustReport "
               "is false, these reports are left out.";
    Set.LeftToDo.push_back(
        "Whether other types of pushes still come by the old "
        "method on iOS 26.4 is not documented: try it.");
  } else {
    Set.LeftToDo.push_back(
        "From iOS 26.4 the delegate method with metadata says whether a report "
        "is due: only where mustReport is false may it be left out.");
  }
  if (Again != Points.size())
    Set.LeftToDo.push_back("Where the push is for a call that the app shows "
                           "itself, report that call instead, and let the "
                           "app's own screen take over.");
  addCaveats(Set);
}

void ReportAndEnd::addCaveats(FixSet &Set) const {
  std::vector<std::string> Names;
  for (const Function *F : Saying)
    if (!llvm::is_contained(Names, F->Symbol))
      Names.push_back(F->Symbol);
  if (Names.size() == 1)
    Set.Why += " " + Names.front() +
               ", which other code calls too, now returns whether it reported.";
  else if (!Names.empty())
    Set.Why += " " + llvm::join(llvm::ArrayRef(Names).drop_back(), ", ") +
               " and " + Names.back() +
               ", which other code calls too, now return whether they "
               "reported.";
  if (Access->Placeholder)
    Set.LeftToDo.push_back(
        "Put the app's one CXProvider in place of <#CXProvider#>; do not make "
        "a second one.");
  if (Access->Optional || Access->ReachOptional || Access->ReachChained)
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

std::vector<unsigned> ReportAndEnd::exits(llvm::StringRef Check) const {
  std::vector<unsigned> Exits;
  for (const Finding &F : Request.In.Findings)
    if (F.Check == Check && F.HandlerIndex == Request.HandlerIndex)
      for (unsigned E : F.Exits)
        if (E < H.V.Exits.size() && !H.V.Exits[E].Late &&
            !llvm::is_contained(Exits, E))
          Exits.push_back(E);
  return Exits;
}

void ReportAndEnd::close(FixSet &Set, llvm::ArrayRef<Point> Points) {
  auto Covered = [&](unsigned E) {
    return llvm::any_of(
        Points, [&](const Point &P) { return llvm::is_contained(P.Exits, E); });
  };
  for (unsigned F = 0; F < Request.In.Findings.size(); ++F) {
    Finding &Asked = Request.In.Findings[F];
    bool Mine = llvm::is_contained(Request.Findings, F);
    // A report at the head of the method also closes the guards behind it.
    if (!Mine && (Asked.Check != "ringfence-state-guard" ||
                  Asked.HandlerIndex != Request.HandlerIndex))
      continue;
    if (!Asked.Exits.empty() && llvm::all_of(Asked.Exits, Covered)) {
      Set.Findings.push_back(F);
      continue;
    }
    for (unsigned E : Asked.Exits)
      if (auto Why = Refused.find(E);
          Mine && Why != Refused.end() && Asked.Advice.empty())
        Asked.Advice = Why->second;
  }
}

std::optional<FixSet> ReportAndEnd::make() {
  // All exits are looked at together: one report may close several, of either
  // check. A set has those reports that its own check asks for.
  std::vector<unsigned> Unreported = exits("ringfence-unreported-path");
  std::vector<unsigned> Guarded = exits("ringfence-state-guard");
  const std::vector<unsigned> &Mine = Existing ? Guarded : Unreported;
  if (Mine.empty() || (Adopts && !Method.isWanted()))
    return std::nullopt;
  Access = findProvider(Request.In, H);
  if (!Access) {
    Request.advise("the project has no CXProvider to report a call with");
    return std::nullopt;
  }

  Placement Places(Request.In, H, *Access);
  for (unsigned E : Unreported)
    Places.add(E);
  for (unsigned E : Guarded)
    Places.add(E);
  for (const auto &[Exit, Why] : Places.refused())
    if (llvm::is_contained(Mine, Exit))
      Refused[Exit] = Why;
  std::vector<Point> Points = Places.points();
  llvm::erase_if(Points, [&](const Point &P) {
    bool ForPaths = llvm::any_of(
        P.Exits, [&](unsigned E) { return llvm::is_contained(Unreported, E); });
    return ForPaths == Existing;
  });

  // Reports in helpers do not know what the system said.
  if (Existing && Method.isWanted() &&
      llvm::all_of(Points, [&](const Point &P) {
        return P.B.Fn == &H.function() && P.K != Point::Kind::Asked &&
               P.K != Point::Kind::Flagged && !P.B.inClosure();
      }) != Adopts)
    return std::nullopt;
  FixSet Set;
  Builders Files;
  if (Adopts)
    Method.write(Files);
  ReportHelper AndEnd(Request.In, H, *Access);
  ReportHelper Again(Request.In, H, *Access, ReportHelper::Kind::Again);
  bool UsesAndEnd = false, UsesAgain = false;
  for (const Point &P : Points) {
    bool IsAgain = P.Running && !P.Cancelled;
    (IsAgain ? UsesAgain : UsesAndEnd) = true;
    if (!write(P, IsAgain ? Again : AndEnd, Files)) {
      Request.advise("the code on this path comes from a macro, or has no "
                     "place for a statement");
      return std::nullopt;
    }
  }
  if (!sayWhetherReported(Points, Files))
    return std::nullopt;
  if ((UsesAndEnd && !AndEnd.addTo(Files)) ||
      (UsesAgain && !Again.addTo(Files))) {
    Request.advise("no header declares " + Access->Owner->Name +
                   ", whose provider would report the call");
    return std::nullopt;
  }
  close(Set, Points);
  if (Points.empty())
    return std::nullopt;
  Set.A =
      Access->Placeholder ? Applicability::Placeholders : Applicability::Review;
  if (Existing)
    describeExisting(Set, Points);
  else
    describe(Set, Mine.size() - Refused.size(), Points);
  Files.addTo(Set);
  return Set;
}

std::optional<FixSet> ringfence::reportAndEnd(const FixRequest &Request) {
  return ReportAndEnd(Request, ReportAndEnd::Mode::Paths).make();
}

std::optional<FixSet> ringfence::reportExisting(const FixRequest &Request) {
  return ReportAndEnd(Request, ReportAndEnd::Mode::Existing).make();
}

std::optional<FixSet> ringfence::adoptMetadata(const FixRequest &Request) {
  return ReportAndEnd(Request, ReportAndEnd::Mode::Metadata).make();
}
