//===-- Patterns.cpp - what patterns bind, and what they ask -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Lowering.h"
#include "matchers/swift/Questions.h"

using namespace ringfence;
using namespace ringfence::swift;

std::vector<std::string> swift::boundNames(Node Pattern, bool Binding,
                                           const SourceFile &Source) {
  std::vector<std::string> Result;
  struct Item {
    Node N;
    bool Binding;
  };
  std::vector<Item> Work = {{Pattern, Binding}};
  while (!Work.empty()) {
    Item I = Work.back();
    Work.pop_back();
    auto Children = I.N.children();
    std::vector<Item> Inner;
    for (std::size_t K = 0; K != Children.size(); ++K) {
      Node C = Children[K].N;
      if (C.is("value_binding_pattern")) {
        I.Binding = true;
      } else if (C.is("simple_identifier")) {
        bool CaseName = K > 0 && Children[K - 1].N.is(".");
        bool TupleLabel = K + 1 < Children.size() && Children[K + 1].N.is(":");
        if (I.Binding && !CaseName && !TupleLabel)
          Result.push_back(Source.text(C.range()).trim('`').str());
      } else if (C.is("pattern") || C.is("switch_pattern")) {
        Inner.push_back({C, I.Binding});
      }
    }
    for (auto It = Inner.rbegin(); It != Inner.rend(); ++It)
      Work.push_back(*It);
  }
  return Result;
}

/// What a case's pattern asks of \p Subject.
Condition Lowering::patternCondition(Range Pattern,
                                     llvm::StringRef Subject) const {
  llvm::StringRef Written = Source.text(Pattern).trim();
  Condition C = asked(Condition::Kind::Equal, Pattern, Subject.str());
  if (Written == "_" || Written == "let _") {
    C.K = Condition::Kind::Constant;
    C.Name = "true";
    return C;
  }
  bool AsksState = Subject.contains_insensitive("applicationState") ||
                   Subject.contains_insensitive("appState");
  if (llvm::StringRef Type = pushTypeName(Written); !Type.empty()) {
    C.K = Condition::Kind::PushType;
    C.Name = Type.str();
  } else if (std::string State = appStateName(Written);
             AsksState && !State.empty()) {
    C.K = Condition::Kind::AppState;
    C.Name = State;
  } else if (Written == "nil" || Written == ".none") {
    Condition NonNil = asked(Condition::Kind::NonNil, Pattern, Subject.str());
    C.K = Condition::Kind::Not;
    C.Name.clear();
    C.Operands.push_back(std::move(NonNil));
  } else if (Written.starts_with(".some(") ||
             Written.starts_with("let .some(") || Written.ends_with("?")) {
    C.K = Condition::Kind::NonNil;
  } else if (Written == "true" || Written == "false") {
    Condition Flag = asked(Condition::Kind::Flag, Pattern, Subject.str());
    if (Written == "true")
      return Flag;
    C.K = Condition::Kind::Not;
    C.Name.clear();
    C.Operands.push_back(std::move(Flag));
  }
  return C;
}
