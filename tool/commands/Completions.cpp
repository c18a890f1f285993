//===-- Completions.cpp - completions of the shells -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/commands/CommandLine.h"
#include "tool/pipeline/CheckNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;
using Kind = OptionFacts::Kind;

/// In single quotes, as all three shells read it; fish alone has escapes there.
static std::string singleQuoted(StringRef Text) {
  std::string Result = "'";
  for (char C : Text)
    Result += C == '\'' ? std::string("'\\''") : std::string(1, C);
  return Result + "'";
}

static std::string words(const std::vector<std::string> &List) {
  return llvm::join(List, " ");
}

static std::vector<std::string> valuesOf(const OptionFacts &O) {
  return O.Takes == Kind::Check ? checkIds() : O.Values;
}

void ringfence::writeBashCompletion(raw_ostream &OS,
                                    const std::vector<CommandFacts> &All) {
  std::vector<std::string> Names;
  for (const CommandFacts &C : All)
    Names.push_back(C.Name);
  OS << "# Completions of ringfence for bash, written by the program.\n"
        "_ringfence() {\n"
        "  local word=${COMP_WORDS[COMP_CWORD]} previous="
        "${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]-}\n"
        "  COMPREPLY=()\n"
        "  # \"--format=x\" comes as three words.\n"
        "  if [ \"$word\" = = ]; then word=; "
        "elif [ \"$previous\" = = ]; then "
        "previous=${COMP_WORDS[COMP_CWORD-2]}; "
        "fi\n"
        "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "    COMPREPLY=($(compgen -W "
     << singleQuoted(words(Names) + " --help --version")
     << " -- \"$word\"))\n    return\n  fi\n  case $command in\n";
  for (const CommandFacts &C : All) {
    std::vector<std::string> Options;
    OS << "  " << C.Name << ")\n    case $previous in\n";
    for (const OptionFacts &O : C.Options) {
      llvm::append_range(Options, O.Names);
      if (O.Takes == Kind::Flag)
        continue;
      OS << "    " << llvm::join(O.Names, "|") << ") ";
      if (O.Takes == Kind::File)
        OS << "COMPREPLY=($(compgen -f -- \"$word\"))";
      else if (O.Takes == Kind::Folder)
        OS << "COMPREPLY=($(compgen -d -- \"$word\"))";
      else
        OS << "COMPREPLY=($(compgen -W " << singleQuoted(words(valuesOf(O)))
           << " -- \"$word\"))";
      OS << "; return ;;\n";
    }
    OS << "    esac\n    if [ \"${word#-}\" != \"$word\" ]; then\n"
          "      COMPREPLY=($(compgen -W "
       << singleQuoted(words(Options)) << " -- \"$word\"))\n    else\n      ";
    std::vector<std::string> Values;
    for (const OptionFacts &A : C.Arguments)
      llvm::append_range(Values, valuesOf(A));
    if (Values.empty())
      OS << "COMPREPLY=($(compgen -f -- \"$word\"))";
    else
      OS << "COMPREPLY=($(compgen -W " << singleQuoted(words(Values))
         << " -- \"$word\"))";
    OS << "\n    fi ;;\n";
  }
  OS << "  esac\n}\ncomplete -o filenames -F _ringfence ringfence\n";
}

/// Text within an _arguments specification: brackets and colons part its
/// pieces.
static std::string zshText(StringRef Text) {
  std::string Result;
  for (char C : Text) {
    if (C == '[' || C == ']' || C == ':' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result;
}

static std::string zshAction(const OptionFacts &O) {
  if (O.Takes == Kind::File)
    return "_files";
  if (O.Takes == Kind::Folder)
    return "_files -/";
  std::vector<std::string> Values = valuesOf(O);
  return Values.empty() ? "" : "(" + words(Values) + ")";
}

void ringfence::writeZshCompletion(raw_ostream &OS,
                                   const std::vector<CommandFacts> &All) {
  OS << "#compdef ringfence\n"
        "# Completions of ringfence for zsh, written by the program.\n"
        "_ringfence() {\n  local context state line\n  typeset -A opt_args\n"
        "  _arguments -C '--help[say what there is]' '--version[say what this "
        "is]' '1:command:->command' '*::argument:->argument'\n"
        "  case $state in\n  command)\n    local -a commands=(\n";
  for (const CommandFacts &C : All)
    OS << "      " << singleQuoted(C.Name + ":" + zshText(C.About)) << '\n';
  OS << "    )\n    _describe command commands ;;\n  argument)\n"
        "    case $line[1] in\n";
  for (const CommandFacts &C : All) {
    OS << "    " << C.Name << ")\n      _arguments";
    for (const OptionFacts &O : C.Options)
      for (StringRef Name : O.Names) {
        std::string Spec = Name.str();
        if (O.Takes != Kind::Flag)
          Spec += Name.starts_with("--") ? "=" : "+";
        Spec += "[" + zshText(O.About) + "]";
        if (O.Takes != Kind::Flag)
          Spec += ":" + O.Argument + ":" + zshAction(O);
        OS << " \\\n        " << singleQuoted(Spec);
      }
    for (const OptionFacts &A : C.Arguments)
      OS << " \\\n        "
         << singleQuoted("*:" + A.Argument + ":" + zshAction(A));
    OS << " ;;\n";
  }
  OS << "    esac ;;\n  esac\n}\nif [ \"$funcstack[1]\" = _ringfence ]; then\n"
        "  _ringfence \"$@\"\nelse\n  compdef _ringfence ringfence\nfi\n";
}

void ringfence::writeFishCompletion(raw_ostream &OS,
                                    const std::vector<CommandFacts> &All) {
  // "\'" within single quotes; a backslash escapes there.
  auto Text = [](StringRef T) {
    std::string Result = "'";
    for (char C : T)
      Result += (C == '\'' || C == '\\' ? "\\" : "") + std::string(1, C);
    return Result + "'";
  };
  OS << "# Completions of ringfence for fish, written by the program.\n"
        "complete -c ringfence -f\n";
  for (const CommandFacts &C : All)
    OS << "complete -c ringfence -n __fish_use_subcommand -a " << C.Name
       << " -d " << Text(C.About) << '\n';
  for (const CommandFacts &C : All) {
    std::string If =
        "complete -c ringfence -n '__fish_seen_subcommand_from " + C.Name + "'";
    for (const OptionFacts &O : C.Options) {
      OS << If;
      for (StringRef Name : O.Names)
        OS << (Name.starts_with("--") ? " -l " : " -s ") << Name.ltrim('-');
      if (O.Takes == Kind::File)
        OS << " -r -F";
      else if (O.Takes == Kind::Folder)
        OS << " -x -a '(__fish_complete_directories)'";
      else if (O.Takes != Kind::Flag)
        OS << " -x -a " << Text(words(valuesOf(O)));
      OS << " -d " << Text(O.About) << '\n';
    }
    for (const OptionFacts &A : C.Arguments) {
      if (std::vector<std::string> Values = valuesOf(A); !Values.empty())
        OS << If << " -a " << Text(words(Values)) << '\n';
      else
        OS << If << " -F\n";
    }
  }
}
