//===-- PlanMarkdown.cpp - the plan for people -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/PlanMarkdown.h"
#include "rewriters/capture/Clauses.h"
#include "tool/output/PlanWords.h"
#include "tool/output/Summary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

/// \p Text as a code span, whatever backquotes are in it.
static std::string code(StringRef Text) {
  std::string Fence = "`";
  while (Text.contains(Fence))
    Fence += "`";
  bool Pads = Text.starts_with("`") || Text.ends_with("`");
  return Fence + (Pads ? " " : "") + Text.str() + (Pads ? " " : "") + Fence;
}

/// \p Text as plain words: what Markdown would take for markup is escaped, and
/// 'names' in quotes become code.
static std::string plain(StringRef Text) {
  std::string Result;
  for (std::size_t I = 0; I != Text.size(); ++I) {
    char C = Text[I];
    bool Opens = C == '\'' && (I == 0 || !llvm::isAlnum(Text[I - 1]));
    std::size_t End = Opens ? Text.find('\'', I + 1) : StringRef::npos;
    if (End != StringRef::npos && End > I + 1 &&
        (End + 1 == Text.size() || !llvm::isAlnum(Text[End + 1]))) {
      Result += code(Text.slice(I + 1, End));
      I = End;
      continue;
    }
    // An underscore within a word is none of Markdown's business.
    bool InWord = C == '_' && I && llvm::isAlnum(Text[I - 1]) &&
                  I + 1 != Text.size() && llvm::isAlnum(Text[I + 1]);
    if (StringRef("\\`*_<").contains(C) && !InWord)
      Result += '\\';
    Result += C == '\n' ? ' ' : C;
  }
  return Result;
}

/// A cell of a table: a pipe would end it, even in code.
static std::string cell(StringRef Markdown) {
  std::string Result;
  for (std::size_t I = 0; I != Markdown.size(); ++I) {
    if (Markdown[I] == '|' && (I == 0 || Markdown[I - 1] != '\\'))
      Result += '\\';
    Result += Markdown[I];
  }
  return Result;
}

static void row(raw_ostream &OS, llvm::ArrayRef<std::string> Cells) {
  OS << '|';
  for (const std::string &C : Cells)
    OS << ' ' << cell(C) << " |";
  OS << '\n';
}

static void table(raw_ostream &OS, llvm::ArrayRef<std::string> Head) {
  row(OS, Head);
  OS << '|';
  for (std::size_t I = 0; I != Head.size(); ++I)
    OS << "---|";
  OS << '\n';
}

static void printPicture(raw_ostream &OS, const HandlerPlan &H) {
  if (!H.Picture.empty())
    OS << "```text\n" << pathsText(H.Picture) << "```\n\n";
}

static void printWork(raw_ostream &OS, const HandlerPlan &H) {
  if (H.Works.empty())
    return;
  OS << "### What it does, and where that goes\n\n";
  table(OS, {"line", "what", "goes to", "because", "moved by"});
  for (const WorkRow &R : workRows(H))
    row(OS, {R.Line + (R.Place.empty() ? "" : " (" + R.Place + ")"),
             plain(R.What), R.GoesTo.str(), plain(R.Why), R.MovedBy});
  OS << '\n';
}

static void printShared(raw_ostream &OS, const HandlerPlan &H) {
  if (!H.sendsTo(Destination::NotificationService))
    return;
  OS << "### What the extension has to reach\n\n";
  if (H.Shared.empty()) {
    OS << "No database, file, settings, keychain item or shared object was "
          "seen in what moves to the extension.\n\n";
    return;
  }
  table(OS, {"what", "seen at", "reached", "because", "to do"});
  for (const SharedItem &S : H.Shared)
    row(OS, {code(S.What), S.File + ":" + std::to_string(S.Line),
             nameOf(S.R).str(), plain(S.Why), plain(S.ToDo)});
  OS << '\n';
}

static void printSteps(raw_ostream &OS, const HandlerPlan &H) {
  if (llvm::all_of(H.Steps, [](const PlannedStep &S) {
        return S.Fixes.empty() && S.ByHand.empty();
      }))
    return;
  OS << "### The steps\n\n";
  unsigned Number = 0;
  for (const PlannedStep &S : H.Steps) {
    OS << ++Number << ". **" << nameOf(S.Step) << "**: ";
    if (S.Fixes.empty() && S.ByHand.empty()) {
      OS << "nothing to do.\n";
      continue;
    }
    OS << stepPurpose(S.Step) << '\n';
    for (const PlannedFix &F : S.Fixes) {
      OS << "   - " << plain(F.Title) << " (" << planLevel(F.A)
         << "): " << code(F.Command) << ". " << plain(F.Why);
      std::vector<std::string> Files;
      for (const auto &[Path, Change] : F.Changes)
        Files.push_back(code(Path) + (Change.Before ? "" : " (new)"));
      if (Files.empty()) // the same edits, for another handler
        OS << " Its files come with the set of another handler.\n";
      else
        OS << " Files: " << listed(Files) << ".\n";
      for (const std::string &Do : F.LeftToDo)
        OS << "     - [ ] " << plain(Do) << '\n';
    }
    for (const std::string &Do : S.ByHand)
      OS << "   - [ ] By hand: " << plain(Do) << '\n';
  }
  OS << '\n';
}

static void printHandler(raw_ostream &OS, const MigrationPlan &Plan,
                         const HandlerPlan &H) {
  std::string Heading = code(H.Symbol);
  if (headingOf(Plan, H) != H.Symbol)
    Heading += " in " + code(H.File);
  OS << "## " << Heading << "\n\n"
     << code(H.File + ":" + std::to_string(H.Line)) << ' ' << planVerdict(H);
  if (!H.ReportedBy.empty()) {
    std::vector<std::string> By;
    for (const std::string &Name : H.ReportedBy)
      By.push_back(code(Name));
    OS << ", by " << listed(By);
  }
  OS << ".\n\n";
  printPicture(OS, H);
  printWork(OS, H);
  printShared(OS, H);
  printSteps(OS, H);
}

static void printPushes(raw_ostream &OS, const MigrationPlan &Plan) {
  if (Plan.Pushes.empty())
    return;
  OS << "## What the server sends\n\n" << pushesIntro(Plan) << "\n\n";
  for (const PushKind &K : Plan.Pushes) {
    OS << "### " << K.Name << "\n\nTo the " << K.Token << " token, at most "
       << K.MostBytes << " bytes.\n\n";
    table(OS, {"header", "value"});
    for (const auto &[Header, Value] : K.Headers)
      row(OS, {code(Header), code(Value)});
    OS << "\n```json\n" << K.Payload << "\n```\n\n";
    for (const std::string &N : K.Notes)
      OS << "- " << plain(N) << '\n';
    OS << '\n';
  }
}

static void printSection(raw_ostream &OS, const PlanSection &S) {
  OS << "## " << S.Title << "\n\n";
  if (!S.Intro.empty())
    OS << plain(S.Intro) << "\n\n";
  unsigned Number = 0;
  for (const std::string &Item : S.Items) {
    if (S.Ordered)
      OS << ++Number << ". ";
    else
      OS << "- ";
    OS << plain(Item) << '\n';
  }
  OS << '\n';
}

void ringfence::printPlanMarkdown(raw_ostream &OS, const MigrationPlan &Plan) {
  OS << "# " << planTitle(Plan) << "\n\n";
  for (const std::string &S : planSummary(Plan))
    OS << "- " << plain(S) << '\n';
  OS << "- ringfence looked at " << counted(Plan.Stats.FilesSeen, "source file")
     << ".\n\n";
  if (Plan.Handlers.size() > 1) {
    table(OS, {"handler", "where", "today"});
    for (const HandlerPlan &H : Plan.Handlers)
      row(OS, {code(H.Symbol), H.File + ":" + std::to_string(H.Line),
               planVerdict(H).str()});
    OS << '\n';
  }
  for (const HandlerPlan &H : Plan.Handlers)
    if (!H.IsDead)
      printHandler(OS, Plan, H);
  if (!Plan.ProjectFindings.empty()) {
    OS << "## The project\n\n";
    for (const std::string &F : Plan.ProjectFindings)
      OS << "- [ ] " << plain(F) << '\n';
    OS << '\n';
  }
  printPushes(OS, Plan);
  for (const PlanSection &S : Plan.Sections)
    printSection(OS, S);
  if (!Plan.NotSeen.empty()) {
    OS << "## What this plan does not know\n\n";
    for (const std::string &N : planGaps(Plan))
      OS << "- " << plain(N) << '\n';
    OS << '\n';
  }
}
