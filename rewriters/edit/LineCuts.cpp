//===-- LineCuts.cpp - whole lines that go --------------------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/edit/LineCuts.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace ringfence;
using llvm::StringRef;

std::uint32_t ringfence::byteOrderMark(const SourceFile &In) {
  return In.bytes().starts_with("\xEF\xBB\xBF") ? 3 : 0;
}

std::uint32_t LineCuts::beginOf(unsigned Line) const {
  return std::max(In.lineBegin(Line), byteOrderMark(In));
}

bool LineCuts::isBlank(unsigned Line) const {
  return In.lineText(Line).trim().empty();
}

bool LineCuts::add(Range R) {
  if (R.empty())
    return false;
  unsigned First = In.line(R.Begin), Last = In.line(R.End - 1);
  StringRef Before = In.bytes().slice(beginOf(First), R.Begin).trim(" \t");
  StringRef Behind =
      In.lineText(Last).substr(R.End - In.lineBegin(Last)).trim(" \t;");
  if (!Before.empty() || !(Behind.empty() || Behind.starts_with("//")))
    return false;
  for (unsigned L = First; L <= Last; ++L)
    Lines.insert(L);
  return true;
}

bool LineCuts::addWithComments(Range R) {
  if (!add(R))
    return false;
  bool InBlock = false;
  for (unsigned L = In.line(R.Begin) - 1; L >= 1; --L) {
    StringRef Text = In.lineText(L).trim();
    InBlock |= Text.ends_with("*/");
    bool IsComment = InBlock || (Text.starts_with("//") &&
                                 !Text.ltrim("/ ").starts_with("MARK"));
    if (!IsComment)
      break;
    Lines.insert(L);
    if (Text.starts_with("/*"))
      InBlock = false;
  }
  return true;
}

static bool isHeading(StringRef Text) {
  return Text.starts_with("#pragma mark") ||
         (Text.starts_with("//") && Text.ltrim("/ ").starts_with("MARK"));
}

void LineCuts::cutHeadings(const std::vector<StringRef> &Words) {
  std::vector<unsigned> More;
  for (unsigned L = 1; L <= In.lineCount(); ++L) {
    StringRef Text = In.lineText(L).trim();
    if (!isHeading(Text) || Lines.count(L) ||
        llvm::none_of(
            Words, [&](StringRef W) { return Text.contains_insensitive(W); }))
      continue;
    // What stands below, up to the next heading or the end of the block.
    bool CutsSome = false, KeepsSome = false;
    for (unsigned B = L + 1; B <= In.lineCount() && !KeepsSome; ++B) {
      StringRef Below = In.lineText(B).trim();
      bool IsCut = Lines.count(B) != 0;
      if (!IsCut &&
          (isHeading(Below) || Below == "}" || Below.starts_with("@end")))
        break;
      CutsSome |= IsCut;
      // An extension is all that its heading is for.
      if (IsCut && Below.starts_with("extension "))
        break;
      KeepsSome |= !IsCut && !Below.empty();
    }
    if (CutsSome && !KeepsSome)
      More.push_back(L);
  }
  Lines.insert(More.begin(), More.end());
}

std::vector<Range> LineCuts::ranges() const {
  std::vector<Range> All;
  for (auto I = Lines.begin(); I != Lines.end();) {
    unsigned First = *I, Last = *I;
    // Blank lines between cuts go with them.
    for (++I; I != Lines.end(); ++I) {
      bool Together = true;
      for (unsigned L = Last + 1; L < *I; ++L)
        Together &= isBlank(L);
      if (!Together)
        break;
      Last = *I;
    }
    auto Opens = [&](unsigned L) {
      return L < 1 || isBlank(L) || In.lineText(L).rtrim().ends_with("{");
    };
    auto Closes = [&](unsigned L) {
      return L > In.lineCount() ||
             (L == In.lineCount() && In.lineText(L).empty()) ||
             In.lineText(L).ltrim().starts_with("}");
    };
    if (Opens(First - 1))
      while (Last + 1 < In.lineCount() && isBlank(Last + 1))
        ++Last;
    if (Closes(Last + 1))
      while (First > 1 && isBlank(First - 1))
        --First;
    std::uint32_t End = Last < In.lineCount()
                            ? In.lineBegin(Last + 1)
                            : static_cast<std::uint32_t>(In.bytes().size());
    All.push_back({beginOf(First), End});
  }
  return All;
}

bool ringfence::cutsConditional(StringRef Text) {
  int Depth = 0;
  llvm::SmallVector<StringRef> All;
  Text.split(All, '\n');
  for (StringRef Line : All) {
    Line = Line.trim();
    if (!Line.consume_front("#"))
      continue;
    Line = Line.ltrim();
    if (Line.starts_with("if")) {
      ++Depth;
    } else if (Line.starts_with("el")) {
      if (Depth == 0)
        return true;
    } else if (Line.starts_with("endif") && --Depth < 0) {
      return true;
    }
  }
  return Depth != 0;
}
