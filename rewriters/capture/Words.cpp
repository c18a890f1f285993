//===-- Words.cpp - the identifiers of a piece of source ------------------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using llvm::StringRef;

namespace {

bool startsWord(char C) {
  return llvm::isAlpha(C) || C == '_' || C == '$' ||
         static_cast<unsigned char>(C) >= 0x80;
}
bool continuesWord(char C) { return startsWord(C) || llvm::isDigit(C); }
bool isBlank(char C) { return C == ' ' || C == '\t' || C == '\n' || C == '\r'; }

class Scanner {
public:
  Scanner(StringRef Bytes, Range Within, Language L)
      : Bytes(Bytes.take_front(Within.End)), I(Within.Begin),
        IsSwift(L == Language::Swift) {}

  std::vector<Word> run() {
    code(/*Interpolated=*/false);
    return std::move(Found);
  }

private:
  struct Bracket {
    char Open = 0;
    char Before = 0;        ///< the significant byte in front
    unsigned Questions = 0; ///< "?" of conditional operators still open
  };

  bool at(StringRef S) const { return Bytes.substr(I).starts_with(S); }
  void significant(char C) {
    BeforeLast = Last;
    Last = C;
    BehindCast = false;
  }
  bool closesCast() const;

  void code(bool Interpolated);
  void comment();
  void string(unsigned Pounds);
  void word();

  StringRef Bytes;
  std::size_t I;
  bool IsSwift;
  char Last = 0;           ///< last significant byte
  char BeforeLast = 0;     ///< and the one before it, to tell "->" from ">"
  bool BehindCast = false; ///< Last is the ')' of a C cast
  std::vector<Bracket> Open;
  std::vector<Word> Found;
};

void Scanner::comment() {
  if (at("//")) {
    I = std::min(Bytes.find_first_of("\r\n", I), Bytes.size());
    return;
  }
  // Swift's block comments nest.
  unsigned Depth = 0;
  for (; I < Bytes.size(); ++I) {
    if (at("/*")) {
      Depth += Depth == 0 || IsSwift;
      ++I;
    } else if (at("*/")) {
      ++I;
      if (--Depth == 0) {
        ++I;
        return;
      }
    }
  }
}

void Scanner::string(unsigned Pounds) {
  bool Long = IsSwift && at("\"\"\"");
  char Quote = Bytes[I];
  std::string End((Long ? 3 : 1), Quote);
  End.append(Pounds, '#');
  std::string Escape(1, '\\');
  Escape.append(Pounds, '#');
  I += Long ? 3 : 1;
  while (I < Bytes.size()) {
    if (at(End)) {
      I += End.size();
      break;
    }
    if (!Long && (Bytes[I] == '\n' || Bytes[I] == '\r'))
      break; // unterminated
    if (at(Escape)) {
      I += Escape.size();
      if (IsSwift && I < Bytes.size() && Bytes[I] == '(') {
        ++I;
        Open.push_back({'(', 0});
        significant('(');
        code(/*Interpolated=*/true);
        continue;
      }
    }
    ++I;
  }
  significant('"');
}

/// Whether the ')' at hand ends a cast such as "(NSString *)": only a type
/// stands inside, and no function's name in front.
bool Scanner::closesCast() const {
  if (IsSwift || Open.empty() || Open.back().Open != '(')
    return false;
  char Before = Open.back().Before;
  if (continuesWord(Before) || Before == ')' || Before == ']')
    return false;
  if (Last == '*' || Last == '>')
    return true;
  if (Found.empty() || !continuesWord(Last))
    return false;
  static constexpr StringRef Builtin[] = {"id",    "int",     "long",   "char",
                                          "float", "bool",    "double", "void",
                                          "short", "unsigned"};
  StringRef Type = Found.back().Text;
  return !Found.back().IsMember &&
         (llvm::isUpper(Type.front()) || llvm::is_contained(Builtin, Type));
}

void Scanner::word() {
  std::size_t Begin = I;
  while (I < Bytes.size() && continuesWord(Bytes[I]))
    ++I;
  Word W;
  W.Where = {static_cast<std::uint32_t>(Begin), static_cast<std::uint32_t>(I)};
  W.Text = Bytes.slice(Begin, I);
  W.Before = Last;
  std::size_t Next = I;
  while (Next < Bytes.size() && isBlank(Bytes[Next]))
    ++Next;
  W.After = Next < Bytes.size() ? Bytes[Next] : 0;
  W.IsMember = Last == '.' || (Last == '>' && BeforeLast == '-' && !IsSwift);
  bool Colon = W.After == ':' && Bytes.substr(Next, 2) != "::";
  char In = Open.empty() ? 0 : Open.back().Open;
  if (IsSwift) {
    W.IsLabel = Colon && In == '(' && (Last == '(' || Last == ',');
  } else if (In == '[') {
    // Behind an operand, with no operator between: a piece of a selector.
    bool BehindOperand = continuesWord(Last) || (Last == ')' && !BehindCast) ||
                         Last == ']' || Last == '"' || Last == '}' ||
                         Last == '\'';
    W.IsLabel = BehindOperand && !W.IsMember &&
                (Colon ? Open.back().Questions == 0 : true);
  }
  Found.push_back(W);
  significant(Bytes[I - 1]);
}

void Scanner::code(bool Interpolated) {
  std::size_t Depth = Open.size();
  while (I < Bytes.size()) {
    char C = Bytes[I];
    if (at("//") || at("/*")) {
      comment();
      continue;
    }
    if (IsSwift && C == '#') {
      std::size_t Quote = Bytes.find_first_not_of('#', I);
      if (Quote != StringRef::npos && Bytes[Quote] == '"') {
        unsigned Pounds = static_cast<unsigned>(Quote - I);
        I = Quote;
        string(Pounds);
        continue;
      }
    }
    if (C == '"' || (C == '\'' && !IsSwift)) {
      string(0);
      continue;
    }
    if (IsSwift && C == '`') { // `default` is an identifier
      ++I;
      continue;
    }
    if (startsWord(C)) {
      word();
      continue;
    }
    if (llvm::isDigit(C)) { // 0x1F, 1.5e3
      while (I < Bytes.size() && (continuesWord(Bytes[I]) ||
                                  (Bytes[I] == '.' && I + 1 < Bytes.size() &&
                                   llvm::isDigit(Bytes[I + 1]))))
        ++I;
      significant('0');
      continue;
    }
    if (C == '(' || C == '[' || C == '{') {
      Open.push_back({C, Last});
    } else if (C == ')' || C == ']' || C == '}') {
      bool Cast = C == ')' && closesCast();
      if (!Open.empty())
        Open.pop_back();
      if (Interpolated && Open.size() < Depth) {
        ++I;
        return;
      }
      significant(C);
      BehindCast = Cast;
      ++I;
      continue;
    } else if (!Open.empty() && C == '?') {
      ++Open.back().Questions;
    } else if (!Open.empty() && C == ':' && Open.back().Questions) {
      --Open.back().Questions;
    }
    if (!isBlank(C)) {
      significant(C);
    }
    ++I;
  }
}

} // namespace

std::vector<Word> ringfence::words(StringRef Bytes, Range Within, Language L) {
  return Scanner(Bytes, Within, L).run();
}

std::string
ringfence::replaced(StringRef Text,
                    std::vector<std::pair<Range, std::string>> Replacements) {
  llvm::sort(Replacements,
             [](auto &A, auto &B) { return A.first.Begin < B.first.Begin; });
  std::string Out;
  std::uint32_t At = 0;
  for (const auto &[Where, New] : Replacements) {
    Out += Text.slice(At, Where.Begin);
    Out += New;
    At = Where.End;
  }
  return Out + Text.substr(At).str();
}
