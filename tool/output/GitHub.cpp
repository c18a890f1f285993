//===-- GitHub.cpp - workflow commands of GitHub Actions -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/GitHub.h"

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

/// Annotations of one severity that GitHub shows for one step.
static constexpr unsigned ShownPerSeverity = 10;

/// Text of a command: a line end would end it, and "%" begins an escape. In a
/// property, so do the characters that part properties.
static std::string escaped(StringRef Text, bool IsProperty) {
  std::string Result;
  for (char C : Text) {
    if (C == '%')
      Result += "%25";
    else if (C == '\r')
      Result += "%0D";
    else if (C == '\n')
      Result += "%0A";
    else if (IsProperty && C == ':')
      Result += "%3A";
    else if (IsProperty && C == ',')
      Result += "%2C";
    else
      Result += C;
  }
  return validUtf8(Result);
}

static StringRef commandOf(Severity S) {
  return S == Severity::Note ? "notice" : nameOf(S);
}

static void printFinding(raw_ostream &OS, const Report &R, unsigned Index) {
  const Finding &F = R.A.Findings[Index];
  OS << "::" << commandOf(F.S) << ' ';
  if (F.At) {
    const SourceFile &Source = *F.At.In->Source;
    OS << "file=" << escaped(R.Prefix + Source.path().str(), true)
       << ",line=" << F.At.line() << ",endLine=" << F.At.endLine();
    // Columns are heeded on one line only.
    if (F.At.line() == F.At.endLine())
      OS << ",col=" << utf16Column(Source, F.At.Where.Begin)
         << ",endColumn=" << utf16Column(Source, F.At.Where.End);
    OS << ',';
  }
  OS << "title=" << escaped(F.Check, true) << "::" << escaped(F.Message, false);
  for (const PathNote &N : F.Notes) {
    std::string Line = "\n";
    if (N.At.In)
      Line += N.At.In->Source->path().str() + ":" +
              std::to_string(N.At.line()) + ": ";
    OS << escaped(Line + N.Message, false);
  }
  if (const FixSet *Fix = fixOf(R, Index))
    OS << escaped(
        "\nfix (" + nameOf(Fix->A).str() + "): " + fixCommand(R, *Fix), false);
  else if (!F.Advice.empty())
    OS << escaped("\n" + F.Advice, false);
  OS << '\n';
}

void ringfence::printGitHub(raw_ostream &OS, const Report &R) {
  for (Severity S : {Severity::Error, Severity::Warning, Severity::Note}) {
    unsigned Count = 0;
    for (unsigned I = 0; I != R.A.Findings.size(); ++I)
      if (R.A.Findings[I].S == S) {
        printFinding(OS, R, I);
        ++Count;
      }
    if (Count > ShownPerSeverity)
      OS << "GitHub shows the first " << ShownPerSeverity << " of these "
         << Count << ' ' << commandOf(S)
         << " annotations; --format sarif has room for all\n";
  }
}
