//===-- PlanHtml.cpp - the plan as a page -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/PlanHtml.h"
#include "rewriters/capture/Clauses.h"
#include "tool/output/Html.h"
#include "tool/output/PlanWords.h"
#include "tool/output/Summary.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <functional>

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

static const char Style[] =
#include "tool/HtmlStyle.inc"
    ;
static const char PlanStyle[] =
#include "tool/HtmlPlanStyle.inc"
    ;
static const char Script[] =
#include "tool/HtmlPlanScript.inc"
    ;

/// \p Text with 'names' in quotes as code.
static std::string words(StringRef Text) {
  std::string Result;
  while (true) {
    std::size_t From = 0;
    do
      From = Text.find('\'', From ? From + 1 : 0);
    while (From != StringRef::npos && From && llvm::isAlnum(Text[From - 1]));
    std::size_t To = From == StringRef::npos ? From : Text.find('\'', From + 1);
    if (To == StringRef::npos)
      return Result + htmlText(Text);
    Result += htmlText(Text.take_front(From)) + "<code>" +
              htmlText(Text.slice(From + 1, To)) + "</code>";
    Text = Text.drop_front(To + 1);
  }
}

static void head(raw_ostream &OS, StringRef Title, std::size_t Number,
                 bool IsCode = false) {
  OS << "<h2 id=\"s-" << Number << "\" tabindex=\"-1\">"
     << (IsCode ? "<code>" : "") << htmlText(Title) << (IsCode ? "</code>" : "")
     << "</h2>\n";
}

static void toDo(raw_ostream &OS, llvm::ArrayRef<std::string> Items) {
  if (Items.empty())
    return;
  OS << "<ul class=\"todo\">\n";
  for (const std::string &Item : Items)
    OS << "<li><label><input type=\"checkbox\">" << words(Item)
       << "</label></li>\n";
  OS << "</ul>\n";
}

/// A cell: on a narrow screen its column's name stands before it.
static raw_ostream &cell(raw_ostream &OS, StringRef Column,
                         StringRef Class = "") {
  OS << "<td data-column=\"" << Column << '"';
  if (!Class.empty())
    OS << " class=\"" << Class << '"';
  return OS << '>';
}

/// A path may be broken behind its slashes, not within a name.
static std::string pathText(StringRef Path) {
  std::string Result;
  for (char C : Path) {
    Result += htmlText(StringRef(&C, 1));
    if (C == '/')
      Result += "<wbr>";
  }
  return Result;
}

static void tableHead(raw_ostream &OS, llvm::ArrayRef<StringRef> Columns) {
  OS << "<div class=\"wide\"><table class=\"cards\"><thead><tr>";
  for (StringRef Column : Columns)
    OS << "<th scope=\"col\">" << Column;
  OS << "</tr></thead>\n<tbody>\n";
}

static void printWork(raw_ostream &OS, const HandlerPlan &H) {
  if (H.Works.empty())
    return;
  OS << "<h3>What it does, and where that goes</h3>\n";
  tableHead(OS, {"line", "what", "goes to", "because", "moved by"});
  for (const WorkRow &R : workRows(H)) {
    OS << "<tr>";
    cell(OS, "line") << R.Line;
    cell(OS, "what") << words(R.What);
    if (!R.Place.empty())
      OS << "<span class=\"place\">" << pathText(R.Place) << "</span>";
    cell(OS, "goes to") << R.GoesTo;
    cell(OS, "because") << words(R.Why);
    cell(OS, "moved by") << htmlText(R.MovedBy) << "</tr>\n";
  }
  OS << "</tbody></table></div>\n";
}

static void printShared(raw_ostream &OS, const HandlerPlan &H) {
  if (!H.sendsTo(Destination::NotificationService))
    return;
  OS << "<h3>What the extension has to reach</h3>\n";
  if (H.Shared.empty()) {
    OS << "<p>No database, file, settings, keychain item or shared object was "
          "seen in what moves to the extension.</p>\n";
    return;
  }
  tableHead(OS, {"what", "seen at", "reached", "because", "to do"});
  for (const SharedItem &S : H.Shared) {
    OS << "<tr>";
    cell(OS, "what") << "<code>" << pathText(S.What) << "</code>";
    cell(OS, "seen at") << pathText(S.File) << ':' << S.Line;
    cell(OS, "reached", "reach-" + nameOf(S.R).str()) << nameOf(S.R);
    cell(OS, "because") << words(S.Why);
    cell(OS, "to do") << words(S.ToDo) << "</tr>\n";
  }
  OS << "</tbody></table></div>\n";
}

static void printFix(raw_ostream &OS, const PlannedFix &F) {
  OS << "<details class=\"set\"><summary>" << words(F.Title)
     << " <span class=\"level\">(" << planLevel(F.A)
     << ")</span></summary>\n<div><p>" << words(F.Why) << "</p>\n<pre>"
     << htmlText(F.Command) << "</pre>\n";
  if (F.Changes.empty())
    OS << "<p>Its files come with the set of another handler.</p>\n";
  for (const auto &[Path, Change] : F.Changes)
    printSideBySide(OS, Path, Change);
  OS << "</div></details>\n";
  toDo(OS, F.LeftToDo);
}

static void printSteps(raw_ostream &OS, const HandlerPlan &H) {
  if (llvm::all_of(H.Steps, [](const PlannedStep &S) {
        return S.Fixes.empty() && S.ByHand.empty();
      }))
    return;
  OS << "<h3>The steps</h3>\n<ol class=\"steps\">\n";
  for (const PlannedStep &S : H.Steps) {
    OS << "<li><span class=\"step\">" << nameOf(S.Step) << "</span>";
    if (S.Fixes.empty() && S.ByHand.empty()) {
      OS << ": nothing to do.</li>\n";
      continue;
    }
    OS << "<p>" << stepPurpose(S.Step) << "</p>\n";
    for (const PlannedFix &F : S.Fixes)
      printFix(OS, F);
    if (!S.ByHand.empty()) {
      OS << "<p>By hand:</p>\n";
      toDo(OS, S.ByHand);
    }
    OS << "</li>\n";
  }
  OS << "</ol>\n";
}

static void printHandler(raw_ostream &OS, const MigrationPlan &Plan,
                         const HandlerPlan &H, std::size_t Number) {
  head(OS, headingOf(Plan, H), Number, /*IsCode=*/true);
  OS << "<p><code>" << htmlText(H.File) << ':' << H.Line << "</code> "
     << planVerdict(H);
  if (!H.ReportedBy.empty())
    OS << ", by <code>" << htmlText(listed(H.ReportedBy)) << "</code>";
  OS << ".</p>\n";
  if (!H.Picture.empty()) {
    OS << "<div class=\"wide paths\" tabindex=\"0\" role=\"region\" "
          "aria-label=\"Paths\">\n";
    printPathSvg(OS, H.Picture, "Paths of " + H.Symbol);
    OS << "</div>\n<details class=\"text\"><summary>The paths as "
          "text</summary>\n<pre>"
       << htmlText(pathsText(H.Picture)) << "</pre></details>\n";
  }
  printWork(OS, H);
  printShared(OS, H);
  printSteps(OS, H);
}

static void printPushes(raw_ostream &OS, const MigrationPlan &Plan) {
  OS << "<p>" << pushesIntro(Plan) << "</p>\n";
  for (const PushKind &K : Plan.Pushes) {
    OS << "<h3>" << htmlText(K.Name) << "</h3>\n<p>To the " << K.Token
       << " token, at most " << K.MostBytes << " bytes.</p>\n<table>\n";
    for (const auto &[Header, Value] : K.Headers)
      OS << "<tr><th><code>" << htmlText(Header) << "</code><td><code>"
         << htmlText(Value) << "</code></tr>\n";
    OS << "</table>\n<pre>" << htmlText(K.Payload) << "</pre>\n<ul>\n";
    for (const std::string &N : K.Notes)
      OS << "<li>" << words(N) << "</li>\n";
    OS << "</ul>\n";
  }
}

static void printSection(raw_ostream &OS, const PlanSection &S) {
  if (!S.Intro.empty())
    OS << "<p>" << words(S.Intro) << "</p>\n";
  OS << (S.Ordered ? "<ol>\n" : "<ul>\n");
  for (const std::string &Item : S.Items)
    OS << "<li>" << words(Item) << "</li>\n";
  OS << (S.Ordered ? "</ol>\n" : "</ul>\n");
}

void ringfence::printPlanHtml(raw_ostream &OS, const MigrationPlan &Plan,
                              StringRef Version) {
  OS << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
        "charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
        "'unsafe-inline'\">\n<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<meta name=\"color-scheme\" "
        "content=\"light dark\">\n<title>"
     << planTitle(Plan) << "</title>\n<style>\n"
     << Style << PlanStyle
     << "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#plan\">To the "
        "plan</a>\n<header>\n<h1>"
     << planTitle(Plan) << "</h1>\n<p>ringfence " << htmlText(Version)
     << "</p> <button type=\"button\" id=\"keys\">Keys: ?</button>\n<ul "
        "class=\"summary\">\n";
  for (const std::string &S : planSummary(Plan))
    OS << "<li>" << words(S) << "</li>\n";
  OS << "<li>ringfence looked at "
     << counted(Plan.Stats.FilesSeen, "source file")
     << ".</li>\n</ul>\n</header>\n";

  // The headings and the table of contents count alike.
  std::vector<std::pair<std::string, std::function<void(std::size_t)>>> Parts;
  for (const HandlerPlan &H : Plan.Handlers)
    if (!H.IsDead)
      Parts.emplace_back(headingOf(Plan, H),
                         [&](std::size_t N) { printHandler(OS, Plan, H, N); });
  auto Add = [&](StringRef Title, std::function<void()> Print) {
    Parts.emplace_back(Title.str(),
                       [&OS, Title = Title.str(), Print](std::size_t N) {
                         head(OS, Title, N);
                         Print();
                       });
  };
  if (!Plan.ProjectFindings.empty())
    Add("The project", [&] { toDo(OS, Plan.ProjectFindings); });
  if (!Plan.Pushes.empty())
    Add("What the server sends", [&] { printPushes(OS, Plan); });
  for (const PlanSection &S : Plan.Sections)
    Add(S.Title, [&] { printSection(OS, S); });
  if (!Plan.NotSeen.empty())
    Add("What this plan does not know",
        [&] { printSection(OS, {"", "", false, planGaps(Plan)}); });

  OS << "<nav aria-label=\"Contents\"><ol>\n";
  for (std::size_t I = 0; I != Parts.size(); ++I)
    OS << "<li><a href=\"#s-" << I << "\">" << htmlText(Parts[I].first)
       << "</a></li>\n";
  OS << "</ol></nav>\n<main id=\"plan\">\n";
  for (std::size_t I = 0; I != Parts.size(); ++I)
    Parts[I].second(I);
  OS << "</main>\n<dialog id=\"help\">\n<h2>Keys</h2>\n<dl><dt>j, k<dd>next, "
        "previous part<dt>o<dd>open or close all fix sets<dt>?<dd>this</dl>\n"
        "<form method=\"dialog\"><button>Close</button></form>\n</dialog>\n"
        "<script>\n"
     << Script << "</script>\n</body>\n</html>\n";
}
