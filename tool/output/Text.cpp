//===-- Text.cpp - findings for people -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Text.h"
#include "llvm/Support/Unicode.h"

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

static raw_ostream::Colors colorOf(Severity S) {
  switch (S) {
  case Severity::Error:
    return raw_ostream::RED;
  case Severity::Warning:
    return raw_ostream::MAGENTA;
  case Severity::Note:
    return raw_ostream::CYAN;
  }
  return raw_ostream::CYAN;
}

/// Source text may hold escape sequences; a terminal must not see them.
static void printVisible(raw_ostream &OS, StringRef Text) {
  for (char C : Text)
    OS << (C == '\t' || static_cast<unsigned char>(C) >= 0x20 ? C : '?');
}

/// As many columns of blanks as \p Before takes on screen, tabs kept.
static void printBlanks(raw_ostream &OS, StringRef Before) {
  while (!Before.empty()) {
    StringRef Run = Before.take_until([](char C) { return C == '\t'; });
    int Width = llvm::sys::unicode::columnWidthUTF8(Run);
    OS.indent(Width < 0 ? static_cast<unsigned>(Run.size())
                        : static_cast<unsigned>(Width));
    Before = Before.drop_front(Run.size());
    if (Before.consume_front("\t"))
      OS << '\t';
  }
}

/// The line of \p P with "^~~~" below what P covers of it.
static void printSnippet(raw_ostream &OS, const Place &P) {
  const SourceFile &Source = *P.In->Source;
  StringRef Line = Source.lineText(P.line());
  std::size_t From = Source.column(P.Where.Begin) - 1;
  if (From > Line.size() || Line.size() > 500)
    return; // a line nobody reads: minified or generated
  std::size_t To = std::min<std::size_t>(From + P.Where.size(), Line.size());
  printVisible(OS, Line);
  OS << '\n';
  printBlanks(OS, Line.take_front(From));
  OS.changeColor(raw_ostream::GREEN, /*Bold=*/true);
  OS << '^';
  int Width = llvm::sys::unicode::columnWidthUTF8(Line.slice(From, To));
  for (int I = 1; I < Width; ++I)
    OS << '~';
  OS.resetColor();
  OS << '\n';
}

static void printMessage(raw_ostream &OS, const Place &P, Severity S,
                         StringRef Message, StringRef Check) {
  OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  if (P)
    OS << P.In->Source->path() << ':' << P.line() << ':'
       << P.In->Source->column(P.Where.Begin) << ": ";
  OS.changeColor(colorOf(S), /*Bold=*/true);
  OS << nameOf(S) << ": ";
  OS.resetColor();
  if (S != Severity::Note)
    OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  OS << Message;
  if (!Check.empty())
    OS << " [" << Check << ']';
  OS.resetColor();
  OS << '\n';
  if (P)
    printSnippet(OS, P);
}

void ringfence::printText(raw_ostream &OS, const Analysis &A) {
  for (const Finding &F : A.Findings) {
    printMessage(OS, F.At, F.S, F.Message, F.Check);
    for (const PathNote &N : F.Notes)
      printMessage(OS, N.At, Severity::Note, N.Message, "");
    if (!F.Advice.empty())
      printMessage(OS, {}, Severity::Note, F.Advice, "");
  }
}
