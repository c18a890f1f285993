//===-- HtmlExcerpt.cpp - source with a path drawn in -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Html.h"
#include "llvm/ADT/STLExtras.h"
#include <set>

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

/// A longer handler is shown around the stops only.
static constexpr unsigned MostLines = 90;
static constexpr unsigned Around = 3;
/// Bytes of a line that are shown: minified sources have lines of megabytes.
static constexpr std::size_t MostBytes = 400;

std::string ringfence::htmlText(StringRef Text) {
  std::string Result;
  for (char C : validUtf8(Text)) {
    switch (C) {
    case '&':
      Result += "&amp;";
      break;
    case '<':
      Result += "&lt;";
      break;
    case '>':
      Result += "&gt;";
      break;
    case '"':
      Result += "&quot;";
      break;
    default:
      // HTML knows no control characters but these.
      Result += C == '\t' || C == '\n' || static_cast<unsigned char>(C) >= 0x20
                    ? std::string(1, C)
                    : std::string("\xEF\xBF\xBD");
    }
  }
  return Result;
}

static std::set<unsigned> linesToShow(llvm::ArrayRef<Stop> Stops, Place Whole) {
  std::set<unsigned> Lines;
  auto Add = [&](unsigned From, unsigned To) {
    for (unsigned L = From; L <= To; ++L)
      Lines.insert(L);
  };
  const SourceFile &Source = *Stops.front().At.In->Source;
  for (const Stop &S : Stops) {
    unsigned Line = S.At.line();
    Add(Line > Around ? Line - Around : 1,
        std::min(Line + Around, Source.lineCount()));
  }
  if (Whole.In == Stops.front().At.In &&
      Whole.endLine() - Whole.line() < MostLines)
    Add(Whole.line(), Whole.endLine());
  return Lines;
}

/// The line's text, what \p S covers of it marked.
static void printCode(raw_ostream &OS, const SourceFile &Source, unsigned Line,
                      const Stop *S) {
  StringRef Text = Source.lineText(Line).take_front(MostBytes);
  std::size_t From = Text.size(), To = From;
  if (S) {
    From = std::min<std::size_t>(Source.column(S->At.Where.Begin) - 1,
                                 Text.size());
    To = std::min<std::size_t>(From + S->At.Where.size(), Text.size());
  }
  OS << "<code>" << htmlText(Text.take_front(From));
  if (From != To)
    OS << "<mark>" << htmlText(Text.slice(From, To)) << "</mark>";
  OS << htmlText(Text.drop_front(To)) << "</code>";
}

void ringfence::printExcerpt(raw_ostream &OS, llvm::ArrayRef<Stop> Stops,
                             Place Whole, unsigned FirstNumber) {
  const SourceFile &Source = *Stops.front().At.In->Source;
  unsigned First = ~0u, Last = 0;
  for (const Stop &S : Stops) {
    First = std::min(First, S.At.line());
    Last = std::max(Last, S.At.line());
  }
  OS << "<div class=\"source\" tabindex=\"0\" role=\"region\" aria-label=\""
     << htmlText(Source.path()) << "\">\n";
  unsigned Before = 0;
  for (unsigned Line : linesToShow(Stops, Whole)) {
    if (Before && Line != Before + 1)
      OS << "<div class=\"gap\">⋯</div>\n";
    Before = Line;
    bool OnPath = First <= Line && Line <= Last && First != Last;
    const Stop *Here = nullptr;
    for (const Stop &S : Stops)
      if (S.At.line() == Line && (!Here || S.IsFinding))
        Here = &S;
    OS << "<div class=\"line" << (OnPath ? " path" : "")
       << (OnPath && Line == First ? " first" : "")
       << (OnPath && Line == Last ? " last" : "") << (Here ? " stop" : "")
       << (Here && Here->IsFinding ? " finding" : "") << "\"><span class=\"n\">"
       << Line << "</span><span class=\"rail\"></span>";
    printCode(OS, Source, Line, Here);
    OS << "</div>\n";
    for (std::size_t I = 0; I != Stops.size(); ++I) {
      const Stop &S = Stops[I];
      if (S.At.line() != Line)
        continue;
      OS << "<div class=\"line say" << (OnPath && Line != Last ? " path" : "")
         << (S.IsFinding ? " finding" : "")
         << "\"><span class=\"n\"></span><span class=\"rail\"><b>"
         << FirstNumber + I << "</b></span><span class=\"text\">"
         << htmlText(S.Message) << "</span></div>\n";
    }
  }
  OS << "</div>\n";
}
