//===-- Indentation.cpp - moves blocks of text to another indentation --===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/Indentation.h"
#include <array>

using namespace ringfence;

static constexpr unsigned TabColumns = 4;

static llvm::StringRef leadingBlanks(llvm::StringRef Line) {
  return Line.take_while([](char C) { return C == ' ' || C == '\t'; });
}

static unsigned columns(llvm::StringRef Blanks) {
  unsigned N = 0;
  for (char C : Blanks)
    N += C == '\t' ? TabColumns - N % TabColumns : 1;
  return N;
}

std::string ringfence::indentUnit(const SourceFile &Source) {
  // Steps inwards from one line to the next, by size; [0] counts tabs. Steps
  // of one space are alignment, of nine or more continuation lines.
  std::array<unsigned, 9> Steps{};
  llvm::StringRef Above;
  for (unsigned L = 1; L <= Source.lineCount(); ++L) {
    llvm::StringRef Line = Source.lineText(L);
    llvm::StringRef Blanks = leadingBlanks(Line);
    llvm::StringRef Rest = Line.drop_front(Blanks.size());
    if (Rest.empty() || Rest.starts_with("*") || Rest.starts_with("//"))
      continue;
    if (Blanks.size() > Above.size() && Blanks.starts_with(Above)) {
      llvm::StringRef In = Blanks.drop_front(Above.size());
      if (In == "\t")
        ++Steps[0];
      else if (!In.contains('\t') && In.size() > 1 && In.size() < Steps.size())
        ++Steps[In.size()];
    }
    Above = Blanks;
  }
  unsigned Best = 4;
  for (unsigned Size : {4u, 2u, 0u, 3u, 8u})
    if (Steps[Size] > Steps[Best])
      Best = Size;
  return Best == 0 ? "\t" : std::string(Best, ' ');
}

std::string ringfence::reindented(llvm::StringRef Block, llvm::StringRef From,
                                  llvm::StringRef To) {
  std::string Out;
  bool First = true;
  bool InsideString = false;
  while (!Block.empty()) {
    // The line ends stay, so a lone "\r" in old files needs no care here.
    size_t End = Block.find('\n');
    llvm::StringRef Line =
        Block.take_front(End == llvm::StringRef::npos ? Block.size() : End + 1);
    Block = Block.drop_front(Line.size());
    llvm::StringRef Text = Line.rtrim("\r\n");
    llvm::StringRef Blanks = leadingBlanks(Text);
    bool Blank = Blanks.size() == Text.size();
    if (Blank || InsideString) {
      Out += Line;
    } else {
      Out += To;
      if (Line.starts_with(From)) {
        Out += Line.drop_front(From.size());
      } else if (First && Blanks.empty()) {
        Out += Line;
      } else {
        unsigned Have = columns(Blanks), Drop = columns(From);
        Out += std::string(Have > Drop ? Have - Drop : 0, ' ');
        Out += Line.drop_front(Blanks.size());
      }
    }
    InsideString = Text.ends_with("\\");
    First &= Blank;
  }
  return Out;
}

std::string ringfence::laidOut(llvm::StringRef Template, llvm::StringRef Base,
                               llvm::StringRef Unit,
                               llvm::StringRef LineEnding) {
  std::string Out;
  while (!Template.empty()) {
    auto [Line, Rest] = Template.split('\n');
    bool Ended = Line.size() < Template.size();
    Template = Rest;
    if (Ended) // text of a file with CRLF that stands elsewhere now
      Line.consume_back("\r");
    llvm::StringRef Text = Line.ltrim('\t');
    if (!Text.empty()) {
      Out += Base;
      for (size_t Level = Text.size(); Level < Line.size(); ++Level)
        Out += Unit;
      Out += Text;
    }
    if (Ended)
      Out += LineEnding;
  }
  return Out;
}
