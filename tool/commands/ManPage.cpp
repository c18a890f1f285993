//===-- ManPage.cpp - the manual page -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/CommandLine.h"

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

/// Text of an mdoc line: a backslash begins an escape, a dot or a quote at the
/// beginning a request, and a hyphen may become a dash.
static std::string mdoc(StringRef Text) {
  std::string Result;
  if (Text.starts_with(".") || Text.starts_with("'"))
    Result = "\\&";
  for (char C : Text)
    Result += C == '\\' ? "\\e" : C == '-' ? "\\-" : std::string(1, C);
  return Result;
}

/// An argument of a macro: as text, quoted, since words such as "No" are macros
/// themselves.
static std::string argumentText(StringRef Text) {
  std::string Result = "\"";
  for (char C : mdoc(Text))
    Result += C == '"' ? "\"\"" : std::string(1, C);
  return Result + "\"";
}

/// \p Text with a full stop, in lines that mandoc finds short enough.
static std::string sentence(StringRef Text) {
  constexpr std::size_t Most = 72;
  std::string Result, Line;
  for (StringRef Rest = Text; !Rest.empty();) {
    auto [Word, Behind] = Rest.split(' ');
    Rest = Behind;
    // Each line is escaped by itself: a word may begin with a dot.
    if (!Line.empty() && Line.size() + Word.size() > Most) {
      Result += mdoc(Line) + "\n";
      Line.clear();
    }
    Line += (Line.empty() ? "" : " ") + Word.str();
  }
  return Result + mdoc(Line) + (Text.ends_with(".") ? "" : ".");
}

static void writeOption(raw_ostream &OS, const OptionFacts &O) {
  OS << ".It";
  bool First = true;
  for (StringRef Name : O.Names) {
    // "Fl" writes one hyphen itself.
    OS << (First ? " Fl " : " , Fl ") << mdoc(Name.drop_front());
    First = false;
  }
  if (!O.Argument.empty())
    OS << " Ar " << mdoc(O.Argument);
  OS << '\n' << sentence(O.About) << '\n';
}

void ringfence::writeManPage(raw_ostream &OS,
                             const std::vector<CommandFacts> &All) {
  OS << ".Dd $Mdocdate$\n.Dt RINGFENCE 1\n.Os\n.Sh NAME\n.Nm ringfence\n"
        ".Nd move work out of PushKit handlers\n.Sh SYNOPSIS\n";
  for (const CommandFacts &C : All) {
    OS << ".Nm\n.Cm " << C.Name << '\n';
    if (!C.Options.empty())
      OS << ".Op Ar option ...\n";
    for (const OptionFacts &A : C.Arguments)
      OS << ".Op Ar " << mdoc(A.Argument)
         << (A.Argument == "PATH" ? " ..." : "") << '\n';
  }
  OS << ".Sh DESCRIPTION\n.Nm\n"
        "finds the handlers of VoIP pushes in iOS projects that do anything\n"
        "other than report a call, and rewrites them.\n"
        ".Bl -tag -width Ds\n";
  for (const CommandFacts &C : All) {
    OS << ".It Cm " << C.Name << '\n' << sentence(C.About) << '\n';
    if (C.Options.empty())
      continue;
    OS << ".Bl -tag -width Ds\n";
    for (const OptionFacts &O : C.Options)
      writeOption(OS, O);
    OS << ".El\n";
  }
  OS << ".El\n.Sh ENVIRONMENT\n.Bl -tag -width CLICOLOR_FORCE\n"
        ".It Ev NO_COLOR\nNo colours, unless\n.Fl \\-color\nasks for them.\n"
        ".It Ev CLICOLOR_FORCE\nColours, to files and pipes as well.\n"
        ".It Ev CLICOLOR\nNo colours if it is 0.\n"
        ".It Ev GITHUB_WORKSPACE\nThe folder that annotations are relative "
        "to.\n.El\n.Sh FILES\n.Bl -tag -width Ds\n"
        ".It Pa .ringfence.yaml\nThe configuration, in the folder of a run or "
        "above it.\n"
        ".It Pa .ringfence/\nWhat\n.Cm undo\ntakes back.\n.El\n"
        ".Sh EXIT STATUS\n.Bl -tag -width Ds -compact\n"
        ".It 0\nNothing to say.\n.It 1\nThere are findings.\n"
        ".It 2\nWrong usage or configuration.\n"
        ".It 3\nA file could not be read or analysed.\n"
        ".It 4\nA fix was refused or taken back.\n.El\n.Sh EXAMPLES\n";
  for (const CommandFacts &C : All)
    for (StringRef Example : C.Examples)
      OS << ".Dl " << argumentText(Example) << '\n';
}
