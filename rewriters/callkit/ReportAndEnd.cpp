//===-- ReportAndEnd.cpp - report a call where a handler reports none --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/callkit/ReportAndEnd.h"
#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/callkit/Placement.h"
#include "rewriters/callkit/ReportHelper.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

namespace {
class ReportAndEnd {
public:
  explicit ReportAndEnd(const FixRequest &Request)
      : Request(Request), H(Request.handler()) {}

  std::optional<FixSet> make();

private:
  const FixRequest &Request;
  const JudgedHandler &H;
  std::optional<ProviderAccess> Access;
  std::map<unsigned, std::string> Refused; ///< exit → why

  std::vector<unsigned> exits() const;
  bool write(const Point &P, const ReportHelper &Helper, Builders &Files);
  void close(FixSet &Set);
  void describe(FixSet &Set, size_t Places) const;
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

/// Puts the call of \p P into its file; false if a macro is in the way.
bool ReportAndEnd::write(const Point &P, const ReportHelper &Helper,
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
  return Written;
}

static std::string counted(size_t N, llvm::StringRef What) {
  return std::to_string(N) + " " + What.str() + (N == 1 ? "" : "s");
}

void ReportAndEnd::describe(FixSet &Set, size_t Places) const {
  Set.Title =
      "Report a call and end it where " + H.function().Symbol + " reports none";
  Set.Why =
      "iOS terminates an app that returns from this method without having "
      "reported a call, so " +
      counted(Places, "path") + " now " + (Places == 1 ? "reports" : "report") +
      " a placeholder call and " + (Places == 1 ? "ends" : "end") +
      " it at once; until the server stops sending such pushes this costs the "
      "user a flash of the call screen, a tap on the watch, call waiting in a "
      "running call, and maybe an entry in Recents.";
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

std::vector<unsigned> ReportAndEnd::exits() const {
  std::vector<unsigned> Exits;
  for (unsigned F : Request.Findings)
    for (unsigned E : Request.In.Findings[F].Exits)
      if (E < H.V.Exits.size() && !H.V.Exits[E].Late &&
          !llvm::is_contained(Exits, E))
        Exits.push_back(E);
  return Exits;
}

/// Notes in \p Set which findings it closes, and in the others why not.
void ReportAndEnd::close(FixSet &Set) {
  for (unsigned F : Request.Findings) {
    Finding &Asked = Request.In.Findings[F];
    bool All = !Asked.Exits.empty();
    for (unsigned E : Asked.Exits) {
      auto Why = Refused.find(E);
      All &= Why == Refused.end() && !H.V.Exits[E].Late;
      if (Why != Refused.end() && Asked.Advice.empty())
        Asked.Advice = Why->second;
    }
    if (All)
      Set.Findings.push_back(F);
  }
}

std::optional<FixSet> ReportAndEnd::make() {
  std::vector<unsigned> Exits = exits();
  if (Exits.empty())
    return std::nullopt;
  Access = findProvider(Request.In, H);
  if (!Access) {
    Request.advise("the project has no CXProvider to report a call with");
    return std::nullopt;
  }

  Placement Places(Request.In, H, *Access);
  for (unsigned E : Exits)
    Places.add(E);
  Refused = Places.refused();
  std::vector<Point> Points = Places.points();

  FixSet Set;
  Builders Files;
  ReportHelper Helper(Request.In, H, *Access);
  for (const Point &P : Points)
    if (!write(P, Helper, Files)) {
      Request.advise("the code on this path comes from a macro, or has no "
                     "place for a statement");
      return std::nullopt;
    }
  if (!Points.empty() && !Helper.addTo(Files)) {
    Request.advise("no header declares " + Access->Owner->Name +
                   ", whose provider would report the call");
    return std::nullopt;
  }
  close(Set);
  if (Points.empty())
    return std::nullopt;
  Set.A =
      Access->Placeholder ? Applicability::Placeholders : Applicability::Review;
  describe(Set, Exits.size() - Refused.size());
  Files.addTo(Set);
  return Set;
}

std::optional<FixSet> ringfence::reportAndEnd(const FixRequest &Request) {
  return ReportAndEnd(Request).make();
}
