//===-- Matching.cpp - how well a function fits a call -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Matching.h"
#include "tool/pipeline/ImportNames.h"

using namespace ringfence;
using llvm::StringRef;

static StringRef label(StringRef L) { return L == "_" ? StringRef() : L; }

/// "{ done() }": a closure without parameters. It cannot be handed to who gives
/// it one, as the language lets none be left out unnamed.
static bool takesNothing(StringRef Closure) {
  Closure = Closure.trim();
  if (!Closure.consume_front("{") || Closure.contains("$0"))
    return false;
  // "{ error in", "{ [weak self] (error: Error?) -> Void in", on one line.
  StringRef Head = Closure.ltrim().take_until(
      [](char Ch) { return Ch == '\n' || Ch == '{' || Ch == ';'; });
  if (Head.consume_front("["))
    Head = Head.split(']').second.ltrim();
  bool HasList = StringRef(" " + Head.str() + " ").contains(" in ");
  return !HasList || Head.starts_with("in ") || Head.starts_with("()");
}

/// "(Error?) -> Void", "((Error?) -> Void)?", "@escaping (Int) -> Void".
static bool givesSomething(StringRef Type) {
  StringRef Parameters = Type.split("->").first.trim();
  std::size_t Open = Parameters.rfind('(');
  std::size_t Close = Parameters.rfind(')');
  if (Open == StringRef::npos || Close == StringRef::npos || Close < Open)
    return false;
  StringRef Inside = Parameters.slice(Open + 1, Close).trim();
  return !Inside.empty() && Inside != "Void";
}

/// Whether the closure \p V may be handed over as \p P.
static bool accepts(const Parameter &P, const Value &V) {
  return !takesNothing(V.Text) || !givesSomething(P.Type);
}

/// Swift to Swift: the call's labels have to be the function's in order;
/// parameters may be left out (defaults), and a trailing closure drops its
/// label.
static Fit fitsLabels(const Call &C, const Function &F) {
  std::size_t P = 0;
  bool Skipped = false;
  for (const Argument &A : C.Arguments) {
    bool Closure = A.V.K == Value::Kind::Closure;
    while (P != F.Labels.size() && label(F.Labels[P]) != label(A.Label) &&
           !(Closure && A.Label.empty() && P < F.Parameters.size() &&
             F.Parameters[P].IsClosure && accepts(F.Parameters[P], A.V))) {
      ++P;
      Skipped = true;
    }
    if (P == F.Labels.size())
      return Fit::None;
    ++P;
  }
  if (P != F.Labels.size())
    Skipped = true;
  // Without a default the omission would not compile, and the model does not
  // say which parameters have one.
  return Skipped ? Fit::Loose : Fit::Exact;
}

static Fit fitsSwiftFunction(const Call &C, Language CallIn,
                             const Function &F) {
  if (CallIn != Language::Swift)
    return selectorOf(F) == C.Name ? Fit::Exact : Fit::None;
  if (C.K == Call::Kind::Init)
    return F.K == Function::Kind::Init ? fitsLabels(C, F) : Fit::None;
  if (F.Name != C.Name || F.K == Function::Kind::Init)
    return Fit::None;
  return fitsLabels(C, F);
}

static Fit fitsObjCFunction(const Call &C, Language CallIn, const Function &F) {
  if (CallIn != Language::Swift)
    return F.Name == C.Name ? Fit::Exact : Fit::None;
  if (F.Owner.empty())
    return F.Name == C.Name && F.Parameters.size() == C.Arguments.size()
               ? Fit::Exact
               : Fit::None;
  if (C.K != Call::Kind::Init)
    return mayMean(C, F.Name) ? Fit::Loose : Fit::None;
  Call AsInit = C;
  AsInit.Name = "init";
  return mayMean(AsInit, F.Name) ? Fit::Loose : Fit::None;
}

Fit ringfence::fits(const Call &C, Language CallIn, const Function &F,
                    Language DefinedIn) {
  if (F.K == Function::Kind::Getter || F.K == Function::Kind::Setter ||
      F.K == Function::Kind::Observer)
    return Fit::None;
  return DefinedIn == Language::Swift ? fitsSwiftFunction(C, CallIn, F)
                                      : fitsObjCFunction(C, CallIn, F);
}
