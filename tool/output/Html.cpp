//===-- Html.cpp - a page of the findings -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Html.h"
#include "tool/output/Summary.h"
#include "tool/pipeline/Fingerprint.h"
#include "llvm/ADT/STLExtras.h"
#include <map>
#include <set>

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

static const char Style[] =
#include "tool/HtmlStyle.inc"
    ;
static const char Script[] =
#include "tool/HtmlScript.inc"
    ;

static StringRef pathOf(const Finding &F) {
  return F.At.In ? F.At.In->Source->path() : StringRef();
}

/// The stops of \p F by file: its path, then where it is found. Path notes
/// that only repeat the place of the finding become one with it.
static std::vector<std::vector<Stop>> stopsOf(const Finding &F) {
  std::vector<std::vector<Stop>> Files;
  auto Add = [&](Stop S) {
    if (!S.At.In)
      return;
    if (Files.empty() || Files.back().back().At.In != S.At.In)
      Files.emplace_back();
    Files.back().push_back(std::move(S));
  };
  for (const PathNote &N : F.Notes)
    if (N.At.In != F.At.In || N.At.Where != F.At.Where)
      Add({N.At, N.Message, false});
  Add({F.At, F.Message, true});
  return Files;
}

static void printFinding(raw_ostream &OS, const Report &R, unsigned Index,
                         StringRef Id) {
  const Finding &F = R.A.Findings[Index];
  OS << "<details class=\"found " << nameOf(F.S) << "\" id=\"f-" << Id
     << "\" open data-check=\"" << htmlText(F.Check) << "\" data-file=\""
     << htmlText(pathOf(F)) << "\" data-severity=\"" << nameOf(F.S)
     << "\">\n<summary><span class=\"severity\">" << nameOf(F.S)
     << "</span> <span class=\"message\">" << htmlText(F.Message)
     << "</span> <span class=\"where\">" << htmlText(pathOf(F));
  if (F.At)
    OS << ':' << F.At.line();
  OS << "</span> <span class=\"check\">" << htmlText(F.Check)
     << "</span></summary>\n";
  const JudgedHandler *H =
      F.HandlerIndex < 0 ? nullptr
                         : &R.A.Handlers[static_cast<unsigned>(F.HandlerIndex)];
  if (H)
    OS << "<p class=\"handler\">In <code>" << htmlText(H->function().Symbol)
       << "</code></p>\n";
  unsigned Number = 1;
  for (const std::vector<Stop> &Stops : stopsOf(F)) {
    if (Stops.front().At.In != F.At.In)
      OS << "<p class=\"file\">"
         << htmlText(Stops.front().At.In->Source->path()) << "</p>\n";
    printExcerpt(OS, Stops, H ? Place{H->In, H->function().Where} : Place{},
                 Number);
    Number += static_cast<unsigned>(Stops.size());
  }
  if (const FixSet *Fix = fixOf(R, Index)) {
    OS << "<div class=\"fix\"><p>" << htmlText(Fix->Title) << " <span>("
       << nameOf(Fix->A) << ")</span></p><p>" << htmlText(Fix->Why)
       << "</p><pre>" << htmlText(fixCommand(R, *Fix)) << "</pre>";
    if (!Fix->LeftToDo.empty()) {
      OS << "<p>Left to do:</p><ul>";
      for (const std::string &Do : Fix->LeftToDo)
        OS << "<li>" << htmlText(Do) << "</li>";
      OS << "</ul>";
    }
    OS << "</div>\n";
  } else if (!F.Advice.empty()) {
    OS << "<div class=\"fix\"><p>" << htmlText(F.Advice) << "</p></div>\n";
  }
  OS << "</details>\n";
}

static void printSelect(raw_ostream &OS, StringRef Name, StringRef All,
                        const std::map<StringRef, unsigned> &Values) {
  OS << "<label>" << Name << " <select id=\"by-" << Name
     << "\"><option value=\"\">" << All << "</option>";
  for (const auto &[Value, Count] : Values)
    OS << "<option value=\"" << htmlText(Value) << "\">" << htmlText(Value)
       << " (" << Count << ")</option>";
  OS << "</select></label>\n";
}

static void printControls(raw_ostream &OS, const Analysis &A) {
  std::map<StringRef, unsigned> Checks, Files;
  for (const Finding &F : A.Findings) {
    ++Checks[F.Check];
    ++Files[pathOf(F)];
  }
  OS << "<form id=\"controls\" role=\"search\">\n";
  printSelect(OS, "check", "all checks", Checks);
  printSelect(OS, "file", "all files", Files);
  OS << "<label>text <input id=\"by-text\" type=\"search\" "
        "placeholder=\"/\"></label>\n<output id=\"count\">"
     << counted(A.Findings.size(), "finding")
     << "</output>\n<button type=\"button\" id=\"keys\">Keys: ?</button>\n"
        "</form>\n";
}

static void printHandlers(raw_ostream &OS, const Analysis &A) {
  if (A.Handlers.empty())
    return;
  OS << "<table><caption>Handlers</caption><tr><th>Handler<th>Reports a "
        "call<th>Where</tr>\n";
  for (const JudgedHandler &H : A.Handlers)
    OS << "<tr><td><code>" << htmlText(H.function().Symbol) << "</code><td>"
       << (H.IsDead ? StringRef("dead code") : nameOf(H.V.R)) << "<td>"
       << htmlText(H.In->Source->path()) << ':'
       << Place{H.In, H.function().Where}.line() << "</tr>\n";
  OS << "</table>\n";
}

void ringfence::printHtml(raw_ostream &OS, const Report &R) {
  OS << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta "
        "charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'; script-src "
        "'unsafe-inline'\">\n<meta name=\"viewport\" "
        "content=\"width=device-width\">\n<meta name=\"color-scheme\" "
        "content=\"light dark\">\n<title>ringfence: "
     << counted(R.A.Findings.size(), "finding") << "</title>\n<style>\n"
     << Style << "</style>\n</head>\n<body>\n<header>\n<h1>ringfence</h1>\n<p>"
     << "Looked at " << counted(R.A.Stats.FilesSeen, "source file") << ", read "
     << R.A.Stats.FilesRead << "; version " << htmlText(R.Version) << "</p>\n";
  printControls(OS, R.A);
  OS << "</header>\n<main>\n";
  std::vector<std::string> Ids = fingerprints(R.A);
  for (unsigned I = 0; I != R.A.Findings.size(); ++I)
    printFinding(OS, R, I, Ids[I]);
  if (R.A.Findings.empty())
    OS << "<p>No findings.</p>\n";
  printHandlers(OS, R.A);
  std::set<std::string> Unread;
  for (const Problem &P : R.A.Problems)
    if (P.Fatal)
      Unread.insert(P.File + ": " + P.Message);
  if (!Unread.empty()) {
    OS << "<h2>Not analysed</h2>\n<ul>\n";
    for (const std::string &Text : Unread)
      OS << "<li>" << htmlText(Text) << "</li>\n";
    OS << "</ul>\n";
  }
  OS << "</main>\n<dialog id=\"help\">\n<h2>Keys</h2>\n<dl>"
        "<dt>j, k<dd>next, previous finding<dt>Enter, o<dd>open or close it"
        "<dt>/<dd>filter by text<dt>Escape<dd>show all again"
        "<dt>c<dd>copy the fix's command<dt>?<dd>this</dl>\n"
        "<form method=\"dialog\"><button>Close</button></form>\n</dialog>\n"
        "<script>\n"
     << Script << "</script>\n</body>\n</html>\n";
}
