//===-- CompletionCalls.cpp - calls the completion handler on every way -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "rewriters/pushkit/CompletionCalls.h"
#include "rewriters/callkit/CompletionCall.h"
#include "rewriters/capture/Words.h"
#include "llvm/ADT/STLExtras.h"

using namespace ringfence;

/// "completion();" stands in \p Fn, and not behind a question for nil.
static bool isCalledUnguarded(const Function &Fn, llvm::StringRef Name) {
  return llvm::any_of(Fn.Steps, [&](const Step &S) {
    bool Plain = false;
    forEachStep(S, [&](const Step &Inner) {
      Plain |= Inner.K == Step::Kind::Do && isCompletionCall(Inner, Name);
      if (Inner.K == Step::Kind::Branch && isCompletionCall(Inner, Name))
        Plain = false;
    });
    return Plain;
  });
}

WayRule ringfence::completionCalls(const File &In, const Function &Fn,
                                   std::string Name) {
  WayRule Rule;
  const SourceFile *Source = In.Source.get();
  Rule.Does = [Source, Name](Range R) {
    return llvm::any_of(words(Source->bytes(), R, Source->language()),
                        [&](const Word &W) {
                          return W.Text == Name && !W.IsMember && !W.IsLabel;
                        });
  };
  Rule.IsDoing = [Name](const Step &S) { return isCompletionCall(S, Name); };
  bool MayBeNil = llvm::any_of(Fn.Parameters, [&](const Parameter &P) {
    return P.Name == Name && llvm::StringRef(P.Type).rtrim().ends_with("?");
  });
  std::string Statement = Name + (MayBeNil ? "?()\n" : "()\n");
  if (Source->language() != Language::Swift)
    Statement = (isCalledUnguarded(Fn, Name) ? "" : "if (" + Name + ") ") +
                Name + "();\n";
  Rule.Statement = [Statement](std::uint32_t) { return Statement; };
  Rule.IsExempt = [](const Step &, const Arm &) { return false; };
  Rule.What = "a call of the completion handler";
  return Rule;
}
