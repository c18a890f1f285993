//===-- NameKind.cpp - what an undeclared name must be -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/NameKind.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <utility>

using namespace ringfence::objc;
using llvm::StringRef;

namespace {

bool isWordByte(char C) { return llvm::isAlnum(C) || C == '_' || C == '$'; }
bool isWordStart(char C) { return llvm::isAlpha(C) || C == '_'; }

/// Walks over the bytes around a name. Offsets past the end read as NUL.
struct Surroundings {
  StringRef S;

  char at(std::size_t I) const { return I < S.size() ? S[I] : '\0'; }

  /// First offset at or behind \p I that is neither blank nor comment.
  std::size_t forward(std::size_t I) const {
    while (I < S.size()) {
      if (llvm::isSpace(S[I])) {
        ++I;
      } else if (S.substr(I).starts_with("//")) {
        I = std::min(S.find('\n', I), S.size());
      } else if (S.substr(I).starts_with("/*")) {
        std::size_t E = S.find("*/", I + 2);
        I = E == StringRef::npos ? S.size() : E + 2;
      } else {
        break;
      }
    }
    return I;
  }

  /// Where the line comment begins that \p I, a line's end, stands behind; I
  /// itself when there is none.
  std::size_t lineCommentBefore(std::size_t I) const {
    std::size_t B = S.take_front(I).rfind('\n');
    B = B == StringRef::npos ? 0 : B + 1;
    char Quote = 0;
    for (; B + 1 < I; ++B) {
      char C = S[B];
      if (Quote) {
        if (C == '\\')
          ++B;
        else if (C == Quote)
          Quote = 0;
      } else if (C == '"' || C == '\'') {
        Quote = C;
      } else if (C == '/' && S[B + 1] == '/') {
        return B;
      } else if (C == '/' && S[B + 1] == '*') {
        std::size_t E = S.find("*/", B + 2);
        if (E == StringRef::npos || E >= I)
          return I;
        B = E + 1;
      }
    }
    return I;
  }

  /// Offset just behind the last byte before \p I that is neither blank nor
  /// part of a comment.
  std::size_t backward(std::size_t I) const {
    while (I > 0) {
      if (S[I - 1] == '\n') {
        I = lineCommentBefore(I - 1);
      } else if (llvm::isSpace(S[I - 1])) {
        --I;
      } else if (I >= 2 && S[I - 1] == '/' && S[I - 2] == '*') {
        std::size_t B = S.substr(0, I - 2).rfind("/*");
        if (B == StringRef::npos)
          break;
        I = B;
      } else {
        break;
      }
    }
    return I;
  }

  /// The parenthesis that is open at \p I follows a caret, a declarator or
  /// "for": what stands in it are declarations.
  bool inParameterList(std::size_t I) const {
    int Depth = 0;
    while (I > 0 && S[I - 1] != ';' && S[I - 1] != '{') {
      --I;
      if (S[I] == ')')
        ++Depth;
      else if (S[I] == '(' && Depth-- == 0) {
        std::size_t Q = backward(I);
        return Q && (S[Q - 1] == '^' || wordBefore(Q) == "for");
      }
    }
    return false;
  }

  /// \p I stands in an arithmetic expression in brackets: a bound.
  bool inBound(std::size_t I) const {
    while (I > 0 && (isWordByte(S[I - 1]) || llvm::isSpace(S[I - 1]) ||
                     StringRef("+-*/()").contains(S[I - 1])))
      --I;
    return I > 0 && S[I - 1] == '[';
  }

  /// "NAME.a.b[": what the brackets ask is the end of a path.
  bool isSubscripted(std::size_t I) const {
    for (I = forward(I); at(I) == '.';) {
      I = forward(I + 1);
      StringRef W = wordAt(I);
      if (W.empty())
        return false;
      I = forward(I + W.size());
    }
    return at(I) == '[';
  }

  StringRef wordAt(std::size_t I) const {
    if (!isWordStart(at(I)))
      return "";
    return S.substr(I).take_while(isWordByte);
  }

  /// The word that ends just before \p I, or "".
  StringRef wordBefore(std::size_t I) const {
    std::size_t B = I;
    while (B > 0 && isWordByte(S[B - 1]))
      --B;
    return S.slice(B, I);
  }
};

bool isQualifier(StringRef W) {
  return llvm::is_contained({"const",
                             "static",
                             "extern",
                             "typedef",
                             "volatile",
                             "__block",
                             "__weak",
                             "__strong",
                             "__kindof",
                             "__unused",
                             "inline",
                             "else",
                             "do",
                             "nullable",
                             "nonnull",
                             "register",
                             "new",
                             "_Nullable",
                             "_Nonnull",
                             "__nullable",
                             "__nonnull",
                             "__unsafe_unretained",
                             "__autoreleasing"},
                            W);
}

/// A typedef that is not used as a pointer: what for depends on the variable
/// \p Variable that it declares.
NameKind plainType(NameUses &Uses, StringRef Type, StringRef Variable) {
  auto EndsIn = [&](std::initializer_list<const char *> Ends) {
    return llvm::any_of(Ends, [&](StringRef E) { return Type.ends_with(E); });
  };
  if (EndsIn(
          {"Block", "Handler", "Callback", "Completion", "Closure", "block_t"}))
    return NameKind::BlockType;
  if (!Variable.empty() && Uses.isCalled(Variable))
    return NameKind::BlockType;
  if (!Variable.empty() && Uses.isSwitchedOn(Variable))
    return NameKind::NumberType;
  if (EndsIn({"Type", "State", "Status", "Mode", "Reason", "Options", "Code",
              "Kind", "Style", "Level", "Direction", "Flags", "Event"}))
    return NameKind::NumberType;
  if (Type.ends_with("_t") && !Type.starts_with("dispatch_"))
    return NameKind::NumberType;
  return NameKind::ObjectType;
}

} // namespace

bool ringfence::objc::looksLikeType(StringRef Name) {
  if (Name.ends_with("_t"))
    return true;
  StringRef Plain = Name.ltrim('_');
  return !Plain.empty() && llvm::isUpper(Plain.front()) &&
         llvm::any_of(Plain, llvm::isLower);
}

bool ringfence::objc::looksLikeSharedInstance(StringRef Selector) {
  constexpr const char *Prefixes[] = {"shared",   "instance", "default",
                                      "standard", "current",  "main"};
  return llvm::any_of(Prefixes,
                      [&](StringRef P) { return Selector.starts_with(P); });
}

bool ringfence::objc::looksLikeFlag(StringRef Name) {
  constexpr const char *Prefixes[] = {"is",  "has",  "should", "can",
                                      "did", "will", "was"};
  return llvm::any_of(Prefixes, [&](StringRef P) {
    StringRef Rest = Name.ltrim('_');
    return Rest.consume_front(P) && !Rest.empty() &&
           llvm::isUpper(Rest.front());
  });
}

void NameUses::collect() {
  if (std::exchange(Collected, true))
    return;
  Surroundings T{Text};
  for (std::size_t I = Text.find('('); I != StringRef::npos;
       I = Text.find('(', I + 1))
    if (StringRef Word = T.wordBefore(I); !Word.empty())
      Called.insert(Word);
  constexpr StringRef Switch = "switch";
  for (std::size_t I = Text.find(Switch); I != StringRef::npos;
       I = Text.find(Switch, I + 1)) {
    StringRef Subject = Text.substr(I + Switch.size()).ltrim(" (");
    Subject.consume_front("self.");
    if (StringRef Word = Subject.take_while(isWordByte); !Word.empty())
      SwitchedOn.insert(Word);
  }
}

bool NameUses::isCalled(StringRef Name) {
  collect();
  return Called.contains(Name);
}

bool NameUses::isSwitchedOn(StringRef Name) {
  collect();
  return SwitchedOn.contains(Name);
}

NameKind ringfence::objc::nameKind(NameUses &Uses, std::size_t Begin,
                                   std::size_t End, bool InBody, bool Cxx) {
  StringRef S = Uses.text();
  Surroundings T{S};
  StringRef Name = S.slice(Begin, End);
  bool TypeLike = looksLikeType(Name);
  std::size_t P = T.backward(Begin); // P - 1 is the byte before the name
  char Before = P ? S[P - 1] : ';';
  StringRef WordBefore = T.wordBefore(P);
  std::size_t N = T.forward(End);
  char After = T.at(N);

  // @interface X (Category), @implementation X, @interface A : X
  std::size_t At = P - WordBefore.size();
  if (At > 0 && S[At - 1] == '@') {
    if (WordBefore == "implementation")
      return NameKind::Class;
    if (WordBefore == "interface")
      return After == '(' ? NameKind::Class : NameKind::None;
    if (WordBefore == "class" || WordBefore == "protocol")
      return NameKind::None;
  }
  if (Before == ':' && !InBody) {
    std::size_t Q = T.backward(P - 1);
    if (Q && S[Q - 1] == '>')
      Q = T.backward(std::min(S.rfind('<', Q), Q));
    Q = T.backward(Q - T.wordBefore(Q).size());
    if (T.wordBefore(Q) == "interface")
      return NameKind::Class;
  }

  bool StartsStatement = Before == ';' || Before == '{' || Before == '}' ||
                         isQualifier(WordBefore);

  if (After == '*') {
    if (!InBody || StartsStatement)
      return NameKind::Class;
    std::size_t M = N;
    while (T.at(M) == '*' || isQualifier(T.wordAt(M)))
      M = T.forward(T.at(M) == '*' ? M + 1 : M + T.wordAt(M).size());
    if (T.at(M) == ')' || T.at(M) == '>' || T.at(M) == ',')
      return NameKind::Class;
    if (TypeLike && (Before == '(' || Before == ',' || Before == ')'))
      return NameKind::Class;
    if ((Before == '(' || Before == ',') && T.inParameterList(P))
      return NameKind::Class;
    return NameKind::Variable;
  }

  if (After == '<')
    return TypeLike || !InBody ? NameKind::Class : NameKind::Variable;

  if (After == '&' && InBody && StartsStatement && TypeLike)
    return NameKind::AnyType;

  StringRef WordAfter = T.wordAt(N);
  if (!WordAfter.empty() && WordAfter != "in") {
    char Third = T.at(T.forward(N + WordAfter.size()));
    if (!InBody)
      return plainType(Uses, Name, WordAfter);
    if (Before == '[')
      return TypeLike ? NameKind::Class : NameKind::Variable;
    if (Third == ':' && S.substr(T.forward(N + WordAfter.size()), 2) != "::")
      return NameKind::Variable; // [x piece:NAME piece:…]
    if (WordBefore == "for" || StartsStatement || Before == ')')
      return NameKind::AnyType;
    if (Before == '(' || Before == ',') {
      // for (X i = …;, or a parameter of a block.
      std::size_t Q = T.backward(P - 1);
      return T.wordBefore(Q) == "for" ? NameKind::AnyType
                                      : plainType(Uses, Name, WordAfter);
    }
    return NameKind::Variable;
  }

  if (After == ')' && WordBefore.starts_with("__bridge"))
    return InBody ? NameKind::AnyType : NameKind::ObjectType;
  if (After == ')' && Before == '(') {
    std::size_t Next = T.forward(N + 1);
    if (!InBody)
      return plainType(Uses, Name, T.wordAt(Next));
    std::size_t Q = T.backward(P - 1);
    char Outer = Q ? S[Q - 1] : ';';
    StringRef OuterWord = T.wordBefore(Q);
    if (Outer == '^')
      return plainType(Uses, Name, "");
    if (OuterWord == "sizeof" || OuterWord == "typeof")
      return TypeLike ? NameKind::AnyType : NameKind::Variable;
    if (!OuterWord.empty() && OuterWord != "return" && OuterWord != "in" &&
        OuterWord != "case" && OuterWord != "else")
      return NameKind::Variable;
    char Operand = T.at(Next);
    bool Casts = isWordStart(Operand) || llvm::isDigit(Operand) ||
                 Operand == '[' || Operand == '@' || Operand == '"' ||
                 (Operand == '(' && TypeLike) || Operand == '{';
    return Casts ? NameKind::AnyType : NameKind::Variable;
  }
  if (After == ')' && Before == ',' && !InBody)
    return plainType(Uses, Name, "");
  if ((After == ',' || After == ';') && !InBody && Before == '(')
    return plainType(Uses, Name, "");

  if (!InBody && T.inBound(Begin))
    return NameKind::Number;
  // Clang takes no object for a key of something that it knows nothing about.
  if (InBody && !Cxx && !(TypeLike && After == '.') && T.isSubscripted(End))
    return NameKind::ObjectVariable;
  // C++ takes a class behind a bracket for the receiver of a class message.
  if (After == '.' && TypeLike && InBody)
    return Cxx && Before == '[' ? NameKind::Variable : NameKind::Class;
  if (After == ']' && Before == '[')
    return NameKind::Variable;
  if (!InBody && After == '^')
    return NameKind::ObjectType;
  if (WordBefore == "new" && InBody)
    return NameKind::AnyType;
  return NameKind::Variable;
}
