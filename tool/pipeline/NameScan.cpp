//===-- NameScan.cpp - what a file declares, line by line -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/NameScan.h"
#include "llvm/ADT/StringExtras.h"
#include <cstring>

using namespace ringfence;
using llvm::StringRef;

namespace {

bool isNameChar(char C) {
  return llvm::isAlnum(C) || C == '_' || static_cast<unsigned char>(C) >= 0x80;
}

/// Cuts the first word off \p S.
StringRef takeName(StringRef &S) {
  StringRef Name = S.take_while(isNameChar);
  S = S.drop_front(Name.size());
  return Name;
}

/// Drops a bracketed group that \p S begins with, as far as the line goes.
void dropGroup(StringRef &S, char Open, char Close) {
  if (!S.starts_with(StringRef(&Open, 1)))
    return;
  int Depth = 0;
  for (std::size_t I = 0; I != S.size(); ++I) {
    Depth += (S[I] == Open) - (S[I] == Close);
    if (Depth == 0) {
      S = S.drop_front(I + 1);
      return;
    }
  }
  S = S.drop_front(S.size());
}

/// The names of a comma-separated list up to \p Stop: "A, B.C, D<E>".
void takeList(StringRef S, StringRef Stop,
              llvm::SmallVectorImpl<StringRef> &Names) {
  S = S.substr(0, S.find_first_of(Stop));
  while (!S.empty()) {
    auto [Item, Rest] = S.split(',');
    Item = Item.trim();
    if (Item.consume_front("@unchecked") || Item.consume_front("any "))
      Item = Item.trim();
    Item = Item.substr(0, Item.find_first_of("<& \t\r\n"));
    Item = Item.substr(Item.rfind('.') + 1); // npos + 1 is 0
    if (!Item.empty())
      Names.push_back(Item);
    S = Rest;
  }
}

/// Calls \p Line with each line of \p Bytes, from its first character that is
/// no space, and with what follows in the file.
template <typename Fn> void forEachLine(StringRef Bytes, Fn Line) {
  const char *P = Bytes.begin(), *End = Bytes.end();
  while (P != End) {
    const void *NL = std::memchr(P, '\n', static_cast<std::size_t>(End - P));
    const char *E = NL ? static_cast<const char *>(NL) : End;
    const char *B = P;
    while (B != E && (*B == ' ' || *B == '\t'))
      ++B;
    if (B != E)
      Line(StringRef(B, static_cast<std::size_t>(E - B)),
           StringRef(B, static_cast<std::size_t>(End - B)), B == P);
    P = E == End ? End : E + 1;
  }
}

bool isTypeKeyword(StringRef W) {
  return W == "class" || W == "struct" || W == "enum" || W == "protocol" ||
         W == "actor" || W == "extension";
}

bool isModifier(StringRef W) {
  // Sorted by how often source uses them.
  static constexpr llvm::StringLiteral Words[] = {
      "public",      "private",     "override", "static",   "fileprivate",
      "final",       "internal",    "open",     "mutating", "nonisolated",
      "convenience", "required",    "lazy",     "weak",     "dynamic",
      "optional",    "indirect",    "package",  "prefix",   "postfix",
      "infix",       "nonmutating", "isolated", "unsafe",   "distributed"};
  for (StringRef M : Words)
    if (W == M)
      return true;
  return false;
}

/// One line of Swift, and the text from it to the end of the file (an
/// inheritance clause may go on).
void scanSwiftLine(StringRef Line, StringRef Rest,
                   llvm::function_ref<void(const ScannedName &)> Found) {
  // Most lines begin with something else: decide by the first character.
  if (!(llvm::isLower(Line[0]) || Line[0] == '@'))
    return;
  StringRef S = Line;
  StringRef ObjCName;
  for (;;) {
    S = S.ltrim();
    if (S.consume_front("@")) {
      StringRef Attribute = takeName(S);
      if (Attribute == "objc" && S.starts_with("("))
        ObjCName = S.drop_front().take_while(isNameChar);
      dropGroup(S, '(', ')');
      continue;
    }
    StringRef Before = S;
    StringRef Word = takeName(S);
    if (Word == "func") {
      S = S.ltrim().ltrim('`');
      ScannedName N;
      N.Name = takeName(S);
      if (!N.Name.empty())
        Found(N);
      break;
    }
    if (isTypeKeyword(Word) && (S.starts_with(" ") || S.starts_with("\t"))) {
      StringRef After = S.ltrim();
      StringRef Peek = After;
      StringRef Next = takeName(Peek);
      if (Word == "class" &&
          (Next == "func" || Next == "var" || isModifier(Next))) {
        continue; // a class member
      }
      S = After;
      ScannedName N;
      N.K = Word == "extension" ? ScannedName::Kind::Extension
                                : ScannedName::Kind::Type;
      N.Name = takeName(S);
      while (S.starts_with(".")) { // extension Outer.Inner
        S = S.drop_front();
        N.Name = takeName(S);
      }
      dropGroup(S, '<', '>');
      StringRef Clause =
          Rest.substr(static_cast<std::size_t>(S.data() - Rest.data()));
      Clause = Clause.ltrim();
      if (Clause.consume_front(":")) {
        Clause = Clause.substr(0, 1024);
        Clause = Clause.substr(0, Clause.find(" where "));
        takeList(Clause, "{", N.Supertypes);
      }
      if (!N.Name.empty())
        Found(N);
      // "struct A { func b() {} }"
      std::size_t Brace = S.find('{');
      if (Brace == StringRef::npos)
        return;
      S = S.drop_front(Brace + 1).ltrim();
      if (!S.empty())
        scanSwiftLine(S, Rest, Found);
      return;
    }
    if (!isModifier(Word))
      break;
    if (S.size() == Before.size())
      return;
    dropGroup(S, '(', ')'); // private(set)
  }
  if (!ObjCName.empty()) {
    ScannedName N;
    N.K = ScannedName::Kind::ObjCName;
    N.Name = ObjCName;
    Found(N);
  }
}

void scanMethod(StringRef Line,
                llvm::function_ref<void(const ScannedName &)> Found) {
  StringRef S = Line.drop_front().ltrim();
  dropGroup(S, '(', ')');
  S = S.ltrim();
  ScannedName N;
  N.Name = takeName(S);
  if (!N.Name.empty())
    Found(N);
}

/// "static void CallReport(NSString *x) {" at the left margin.
void scanCFunction(StringRef Line,
                   llvm::function_ref<void(const ScannedName &)> Found) {
  std::size_t Paren = Line.find('(');
  if (Paren == StringRef::npos || Paren == 0 || Line.rtrim().ends_with(";"))
    return;
  StringRef Before = Line.substr(0, Paren).rtrim();
  std::size_t I = Before.size();
  while (I && isNameChar(Before[I - 1]))
    --I;
  ScannedName N;
  N.Name = Before.substr(I);
  // A definition has a type before its name; a macro call or statement not.
  StringRef TypeText = Before.substr(0, I).trim();
  if (N.Name.empty() || TypeText.empty() || TypeText.contains('=') ||
      TypeText == "return" || TypeText == "else" || TypeText == "typedef")
    return;
  Found(N);
}

void scanObjCType(StringRef Line, StringRef Rest,
                  llvm::function_ref<void(const ScannedName &)> Found) {
  StringRef S = Line;
  ScannedName N;
  N.K = ScannedName::Kind::Type;
  bool IsProtocol = false;
  if (S.consume_front("@protocol"))
    IsProtocol = true;
  else if (!S.consume_front("@interface") &&
           !S.consume_front("@implementation"))
    return;
  S = S.ltrim();
  N.Name = takeName(S);
  S = S.ltrim();
  if (N.Name.empty() ||
      (IsProtocol && (S.starts_with(";") || S.starts_with(","))))
    return;
  if (S.starts_with("(")) {
    N.K = ScannedName::Kind::Extension;
    dropGroup(S, '(', ')');
    S = S.ltrim();
  }
  StringRef Clause =
      Rest.substr(static_cast<std::size_t>(S.data() - Rest.data()), 1024)
          .ltrim();
  if (Clause.consume_front(":")) {
    Clause = Clause.ltrim();
    StringRef Super = takeName(Clause);
    if (!Super.empty())
      N.Supertypes.push_back(Super);
    Clause = Clause.ltrim();
  }
  if (Clause.consume_front("<"))
    takeList(Clause, ">", N.Supertypes);
  Found(N);
}

} // namespace

void ringfence::scanSwiftNames(
    StringRef Bytes, llvm::function_ref<void(const ScannedName &)> Found) {
  forEachLine(Bytes, [&](StringRef Line, StringRef Rest, bool) {
    scanSwiftLine(Line, Rest, Found);
  });
}

void ringfence::scanObjCNames(
    StringRef Bytes, llvm::function_ref<void(const ScannedName &)> Found) {
  forEachLine(Bytes, [&](StringRef Line, StringRef Rest, bool AtMargin) {
    char C = Line[0];
    if (C == '-' || C == '+')
      scanMethod(Line, Found);
    else if (C == '@')
      scanObjCType(Line, Rest, Found);
    else if (AtMargin && (llvm::isAlpha(C) || C == '_'))
      scanCFunction(Line, Found);
  });
}
