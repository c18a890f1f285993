//===-- ImportNames.cpp - one function under two names -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/ImportNames.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>

using namespace ringfence;
using llvm::StringRef;

static std::string capitalised(StringRef Word) {
  std::string S = Word.str();
  if (!S.empty())
    S[0] = llvm::toUpper(S[0]);
  return S;
}

/// The prepositions before which the exporter puts no "With" (clang's and
/// Swift's PartsOfSpeech list, those that occur in selectors).
static bool beginsWithPreposition(StringRef Label) {
  static constexpr llvm::StringLiteral Words[] = {
      "above",  "after", "along",     "alongside", "as",    "at",
      "before", "below", "by",        "following", "for",   "from",
      "given",  "in",    "including", "inside",    "into",  "matching",
      "of",     "on",    "passing",   "preceding", "since", "to",
      "until",  "using", "via",       "when",      "with",  "within"};
  for (StringRef W : Words)
    if (Label.starts_with(W) &&
        (Label.size() == W.size() || llvm::isUpper(Label[W.size()])))
      return true;
  return false;
}

std::string ringfence::selectorOf(const Function &F) {
  if (!F.ObjCName.empty())
    return F.ObjCName;
  std::string S = F.Name;
  for (std::size_t I = 0; I != F.Labels.size(); ++I) {
    StringRef Label = F.Labels[I];
    if (Label == "_")
      Label = "";
    if (I == 0 && !Label.empty())
      S += (beginsWithPreposition(Label) ? "" : "With") + capitalised(Label);
    else if (I != 0)
      S += Label;
    S += ":";
  }
  return S;
}

std::vector<std::string> ringfence::baseNamesOf(StringRef Selector) {
  StringRef Piece = Selector.split(':').first;
  std::vector<std::string> Result{Piece.str()};
  for (std::size_t I = Piece.size(); I-- > 1;)
    if (llvm::isUpper(Piece[I]) && !llvm::isUpper(Piece[I - 1]))
      Result.push_back(Piece.take_front(I).str());
  return Result;
}

/// Removes \p Word from the front of \p S, whatever the case of its letters.
static bool consumeWord(StringRef &S, StringRef Word) {
  if (!S.starts_with_insensitive(Word))
    return false;
  S = S.drop_front(Word.size());
  return true;
}

bool ringfence::mayMean(const Call &C, StringRef Selector) {
  llvm::SmallVector<StringRef, 4> Pieces;
  Selector.split(Pieces, ':', -1, /*KeepEmpty=*/true);
  bool TakesArguments = Selector.contains(':');
  if (TakesArguments)
    Pieces.pop_back(); // behind the last colon
  std::size_t Takes = TakesArguments ? Pieces.size() : 0;
  std::size_t Gives = C.Arguments.size();
  // "error:" became throws; an awaited call lacks its completion handler.
  bool Dropped = Takes == Gives + 1 &&
                 (Pieces.back().ends_with_insensitive("error") || C.Awaited);
  if (Takes != Gives && !Dropped)
    return false;

  StringRef First = Pieces.front();
  if (!First.starts_with(C.Name))
    return false;
  First = First.drop_front(C.Name.size());
  StringRef Label = Gives ? StringRef(C.Arguments[0].Label) : "";
  // "reportCallWithUUID:" imports as reportCall(with:), reportCall(withUUID:)
  // or, of an initialiser, (uuid:); "showCall:" as show(_:).
  if (!First.empty()) {
    if (!llvm::isUpper(First[0]))
      return false;
    if (!consumeWord(First, Label)) {
      consumeWord(First, "With");
      if (!consumeWord(First, Label))
        return false;
    }
  } else if (!Label.empty()) {
    return false;
  }
  for (std::size_t I = 1; I < Gives; ++I) {
    StringRef L = C.Arguments[I].Label;
    bool Trailing = L.empty() && C.Arguments[I].V.K == Value::Kind::Closure;
    if (!Trailing && !Pieces[I].equals_insensitive(L) &&
        !Pieces[I].starts_with(L))
      return false;
  }
  return true;
}
