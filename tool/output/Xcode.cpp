//===-- Xcode.cpp - findings for the build log of Xcode -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Xcode.h"

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

/// One line: a line end in a message would cut the issue short.
static void printLine(raw_ostream &OS, const Report &R, const Place &P,
                      Severity S, StringRef Message) {
  if (P.In)
    OS << R.Root << '/' << P.In->Source->path() << ':' << P.line() << ':'
       << P.In->Source->column(P.Where.Begin) << ": ";
  OS << nameOf(S) << ": ";
  for (char C : Message)
    OS << (C == '\n' || C == '\r' ? ' ' : C);
  OS << '\n';
}

void ringfence::printXcode(raw_ostream &OS, const Report &R) {
  for (unsigned I = 0; I != R.A.Findings.size(); ++I) {
    const Finding &F = R.A.Findings[I];
    printLine(OS, R, F.At, F.S, F.Message + " [" + F.Check + "]");
    for (const PathNote &N : F.Notes)
      printLine(OS, R, N.At, Severity::Note, N.Message);
    if (const FixSet *Fix = fixOf(R, I))
      printLine(OS, R, F.At, Severity::Note,
                "fix (" + nameOf(Fix->A).str() + "): " + fixCommand(R, *Fix));
    else if (!F.Advice.empty())
      printLine(OS, R, F.At, Severity::Note, F.Advice);
  }
}
