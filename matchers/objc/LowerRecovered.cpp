//===-- LowerRecovered.cpp - expressions that do not type-check -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Lowering.h"
#include "matchers/objc/TextCalls.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

/// What did not type-check. Its parts are there; of what it was, the text
/// tells enough.
Value Lowering::recovered(const RecoveryExpr *E, Place &P) {
  Call C;
  C.Where = U.range(E->getSourceRange());
  StringRef Text = U.text(C.Where);
  std::vector<Value> Parts;
  for (const Expr *Part : E->subExpressions())
    Parts.push_back(value(Part, P));

  auto IsWord = [](char Ch) { return llvm::isAlnum(Ch) || Ch == '_'; };
  StringRef Head = Text;
  while (!Head.empty() && IsWord(Head.back()))
    Head = Head.drop_back();
  StringRef Last = Text.substr(Head.size());
  if (!Last.empty() && (Head.ends_with(".") || Head.ends_with("->"))) {
    C.K = Call::Kind::PropertyRead;
    C.Name = Last.str();
    C.NameRange = {C.Where.End - static_cast<std::uint32_t>(Last.size()),
                   C.Where.End};
    if (!Parts.empty()) {
      C.Receiver = Parts.front().Text;
      C.ReceiverCall = Parts.front().CallIndex;
      C.OnSelf = Parts.front().Text == "self";
    }
    return push(std::move(C), P);
  }
  if (auto Message = messageInText(U, C.Where)) {
    // What Clang kept of the arguments is better than their text.
    for (Value &V : Parts) {
      if (V.Where.Begin == C.Where.Begin + 1)
        Message->ReceiverCall = V.CallIndex;
      for (Argument &A : Message->Arguments)
        if (A.V.Where == V.Where)
          A.V = V;
    }
    return push(std::move(*Message), P);
  }
  if (Text.ends_with(")") && !Parts.empty() && !Text.starts_with("(")) {
    C.K = Parts.front().K == Value::Kind::Local ||
                  Parts.front().K == Value::Kind::Parameter ||
                  Parts.front().K == Value::Kind::Member
              ? Call::Kind::ClosureCall
              : Call::Kind::Function;
    C.Name =
        Parts.front().Name.empty() ? Parts.front().Text : Parts.front().Name;
    C.NameRange = Parts.front().Where;
    C.ReceiverCall = Parts.front().CallIndex;
    for (std::size_t I = 1; I < Parts.size(); ++I)
      C.Arguments.push_back({"", std::move(Parts[I])});
    return push(std::move(C), P);
  }
  return {};
}
