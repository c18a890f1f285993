//===-- TextCalls.cpp - calls that only the text shows -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/TextCalls.h"
#include "matchers/objc/NameKind.h"
#include "llvm/ADT/StringExtras.h"

using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

namespace {

bool isWord(StringRef S) {
  return !S.empty() && (llvm::isAlpha(S.front()) || S.front() == '_');
}
bool opens(StringRef S) { return S == "[" || S == "(" || S == "{"; }
bool closes(StringRef S) { return S == "]" || S == ")" || S == "}"; }

using Tokens = llvm::ArrayRef<Range>;

Tokens tokensIn(const ParsedUnit &U, Range R) {
  auto First = U.Layout.tokenFrom(R.Begin), Last = First;
  while (Last != U.Layout.Tokens.end() && Last->End <= R.End)
    ++Last;
  return Tokens(U.Layout.Tokens)
      .slice(First - U.Layout.Tokens.begin(), Last - First);
}

Value textValue(const ParsedUnit &U, Range R) {
  Value V;
  V.Where = R;
  V.Text = U.text(R).str();
  StringRef T = V.Text;
  if (T == "nil" || T == "NULL" || T == "nullptr")
    V.K = Value::Kind::Nil;
  else if (T.starts_with("@\"") || T == "YES" || T == "NO")
    V.K = Value::Kind::Literal;
  return V;
}

/// Index behind the operand that begins at \p I: a word, literal or bracketed
/// group with everything that is hung on it by ".", "->", "(" or "[".
std::size_t behindOperand(const ParsedUnit &U, Tokens T, std::size_t I) {
  int Depth = 0;
  for (; I < T.size(); ++I) {
    StringRef Word = U.text(T[I]);
    if (opens(Word))
      ++Depth;
    else if (closes(Word) && --Depth < 0)
      return I;
    if (Depth > 0)
      continue;
    StringRef Next = I + 1 < T.size() ? U.text(T[I + 1]) : StringRef("]");
    bool GoesOn = Word == "@" || Word == "." || Word == "->" || Word == "::" ||
                  Next == "." || Next == "->" || Next == "::" || Next == "(" ||
                  Next == "[";
    // "(Type *)operand"
    bool IsCast = Word == ")" && (isWord(Next) || Next == "(" || Next == "[");
    if (!GoesOn && !(IsCast && U.text(T[0]) == "(" && I > 0 &&
                     (U.text(T[I - 1]) == "*" || U.text(T[I - 1]) == "id")))
      return I + 1;
  }
  return I;
}

} // namespace

std::optional<Call> ringfence::objc::messageInText(const ParsedUnit &U,
                                                   Range R) {
  Tokens T = tokensIn(U, R);
  if (T.size() < 4 || U.text(T.front()) != "[" || U.text(T.back()) != "]")
    return std::nullopt;
  T = T.drop_front().drop_back();
  std::size_t I = behindOperand(U, T, 0);
  if (I == 0 || I >= T.size())
    return std::nullopt;
  Call C;
  C.K = Call::Kind::Method;
  C.Where = R;
  Range Receiver{T[0].Begin, T[I - 1].End};
  C.Receiver = U.text(Receiver).str();
  C.OnSelf = C.Receiver == "self";
  C.OnSuper = C.Receiver == "super";
  if (I == 1 && looksLikeType(C.Receiver)) {
    C.OnType = true;
    C.ReceiverType = C.Receiver;
  }

  // Pieces stand at depth 0, behind a complete operand.
  int Depth = 0;
  std::uint32_t ArgumentBegin = 0;
  auto EndArgument = [&](std::size_t Before) {
    if (ArgumentBegin && !C.Arguments.empty() && Before > 0)
      C.Arguments.back().V = textValue(U, {ArgumentBegin, T[Before - 1].End});
  };
  int Ternary = 0;
  for (; I < T.size(); ++I) {
    StringRef Word = U.text(T[I]);
    if (opens(Word))
      ++Depth;
    else if (closes(Word))
      --Depth;
    if (Depth != 0)
      continue;
    if (Word == "?") {
      ++Ternary;
      continue;
    }
    StringRef Next = I + 1 < T.size() ? U.text(T[I + 1]) : StringRef();
    if (!isWord(Word) || (Next != ":" && I + 1 != T.size()))
      continue;
    if (Next == ":" && Ternary > 0) {
      --Ternary;
      continue;
    }
    if (Next != ":") { // the last token: a selector without arguments
      if (C.Name.empty()) {
        C.Name = Word.str();
        C.NameRange = T[I];
      }
      continue;
    }
    if (C.Name.empty())
      C.NameRange = T[I];
    EndArgument(I);
    C.Name += (Word + ":").str();
    C.Arguments.push_back({Word.str(), {}});
    ArgumentBegin = I + 2 < T.size() ? T[I + 2].Begin : 0;
    ++I;
  }
  EndArgument(T.size());
  if (C.Name.empty())
    return std::nullopt;
  return C;
}

std::vector<Call> ringfence::objc::callsInText(const ParsedUnit &U, Range R) {
  static constexpr const char *Keywords[] = {"if",     "for",    "while",
                                             "switch", "return", "sizeof",
                                             "typeof", "catch",  "selector"};
  std::vector<Call> Calls;
  std::vector<std::size_t> Open;
  Tokens T = tokensIn(U, R);
  for (std::size_t I = 0; I < T.size(); ++I) {
    StringRef Word = U.text(T[I]);
    if (opens(Word)) {
      Open.push_back(I);
      continue;
    }
    if (!closes(Word) || Open.empty())
      continue;
    std::size_t B = Open.back();
    Open.pop_back();
    StringRef Before = B ? U.text(T[B - 1]) : StringRef();
    if (Word == "]" && !isWord(Before) && !closes(Before) && Before != "@") {
      if (auto C = messageInText(U, {T[B].Begin, T[I].End}))
        Calls.push_back(std::move(*C));
    } else if (Word == ")" && isWord(Before) &&
               !llvm::is_contained(Keywords, Before)) {
      StringRef Link = B > 1 ? U.text(T[B - 2]) : StringRef();
      Call C;
      C.K = Link == "." || Link == "->" ? Call::Kind::Method
                                        : Call::Kind::Function;
      C.Where = {T[B - 1].Begin, T[I].End};
      C.NameRange = T[B - 1];
      C.Name = Before.str();
      Calls.push_back(std::move(C));
    }
  }
  return Calls;
}
