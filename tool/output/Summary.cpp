//===-- Summary.cpp - what a run looked at -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Summary.h"
#include <algorithm>
#include <set>

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

std::string ringfence::counted(std::size_t N, StringRef One, StringRef Many) {
  std::string Noun = N == 1         ? One.str()
                     : Many.empty() ? One.str() + "s"
                                    : Many.str();
  return std::to_string(N) + " " + Noun;
}

StringRef ringfence::saying(Reports R) {
  switch (R) {
  case Reports::Always:
    return "reports a call on every path";
  case Reports::SomePaths:
    return "reports a call on some paths only";
  case Reports::Late:
    return "reports a call too late";
  case Reports::Never:
    return "never reports a call";
  case Reports::Unknown:
    return "hands the push to code that cannot be seen";
  }
  return "";
}

static void printHandlers(raw_ostream &OS, const Analysis &A) {
  if (A.Handlers.empty()) {
    OS << "no PushKit handler found: looked for methods such as "
          "pushRegistry(_:didReceiveIncomingPushWith:for:completion:) and "
          "pushRegistry:didReceiveIncomingPushWithPayload:forType:"
          "withCompletionHandler: in .swift, .m and .mm files\n";
    return;
  }
  for (const JudgedHandler &H : A.Handlers) {
    Place At{H.In, H.function().Where};
    OS << "  " << At.In->Source->path() << ':' << At.line() << ": "
       << H.function().Symbol << ": ";
    if (H.IsDead)
      OS << "never called (the type has the form with completion)\n";
    else
      OS << saying(H.V.R) << '\n';
  }
}

static void printProblems(raw_ostream &OS, const Analysis &A, bool Verbose) {
  std::size_t Untold = 0;
  for (const Problem &P : A.Problems) {
    if (!P.Fatal && !Verbose) {
      ++Untold;
      continue;
    }
    OS << P.File;
    if (P.Line)
      OS << ':' << P.Line;
    OS << ": " << (P.Fatal ? "not analysed: " : "not followed: ") << P.Message
       << '\n';
  }
  if (Untold)
    OS << counted(Untold, "thing") << " could not be followed or read; "
       << "--verbose names " << (Untold == 1 ? "it" : "them") << '\n';
}

static void printHidden(raw_ostream &OS, const Analysis &A, bool Verbose) {
  for (auto [Kind, Saying] :
       {std::pair{Suppressed::Kind::Comment, " suppressed"},
        std::pair{Suppressed::Kind::Baseline, " in the baseline"},
        std::pair{Suppressed::Kind::Untouched, " not touched by the change"}}) {
    std::vector<const Suppressed *> Of;
    for (const Suppressed &H : A.Hidden)
      if (H.K == Kind)
        Of.push_back(&H);
    if (Of.empty())
      continue;
    OS << counted(Of.size(), "finding") << Saying << '\n';
    if (Verbose)
      for (const Suppressed *H : Of)
        OS << "  " << H->F.Check << ": " << H->By << '\n';
  }
}

void ringfence::printSummary(raw_ostream &OS, const Analysis &A, bool Verbose) {
  const Statistics &S = A.Stats;
  OS << "looked at " << counted(S.FilesSeen, "source file");
  if (S.FilesIgnored)
    OS << " (" << S.FilesIgnored << " vendored or ignored)";
  OS << ", read " << S.FilesRead;
  if (!S.ObjCReading.empty())
    OS << ", Objective-C with " << S.ObjCReading;
  OS << '\n';
  printHandlers(OS, A);
  printProblems(OS, A, Verbose);
  printHidden(OS, A, Verbose);
  std::size_t Count[3] = {};
  for (const Finding &F : A.Findings)
    ++Count[static_cast<unsigned>(F.S)];
  if (A.Findings.empty())
    OS << "no findings\n";
  else
    OS << counted(Count[0], "error") << ", " << counted(Count[1], "warning")
       << ", " << counted(Count[2], "note") << '\n';
}

void ringfence::printFixCommands(raw_ostream &OS, const Report &R) {
  struct Row {
    std::string Command, Fix;
    Applicability A;
    std::set<unsigned> Closes;
  };
  std::vector<Row> Rows;
  std::size_t Width = 0;
  for (const FixSet &S : R.Sets) {
    std::string Command = fixCommand(R, S);
    auto At = std::find_if(Rows.begin(), Rows.end(), [&](const Row &Known) {
      return Known.Command == Command && Known.Fix == S.Fix && Known.A == S.A;
    });
    if (At == Rows.end())
      At = Rows.insert(At, {Command, S.Fix, S.A, {}});
    At->Closes.insert(S.Findings.begin(), S.Findings.end());
    Width = std::max(Width, Command.size());
  }
  if (!Rows.empty())
    OS << "fixes to preview:\n";
  for (const Row &Line : Rows) {
    OS << "  " << Line.Command;
    OS.indent(static_cast<unsigned>(Width - Line.Command.size() + 2))
        << Line.Fix << " (" << nameOf(Line.A) << "), "
        << (Line.Closes.empty() ? "once the server has switched"
                                : counted(Line.Closes.size(), "finding"))
        << '\n';
  }
}
