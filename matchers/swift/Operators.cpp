//===-- Operators.cpp - binary operators with the precedence of Swift -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Operators.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using namespace ringfence::swift;
using Kind = Term::Kind;

namespace {

bool isBinary(Node N) {
  return llvm::StringSwitch<bool>(N.type())
      .Cases("multiplicative_expression", "additive_expression",
             "range_expression", "infix_expression", true)
      .Cases("nil_coalescing_expression", "equality_expression",
             "comparison_expression", "conjunction_expression", true)
      .Cases("disjunction_expression", "bitwise_operation",
             "ternary_expression", true)
      .Default(false);
}

/// Operands and operators in source order. A ternary's "? x :" is an operator
/// that carries x.
struct Token {
  bool IsOperator = false;
  std::string Operator;
  Node N; ///< the operand, or what a ternary carries
  Term Flags;
};

class Flattening {
public:
  Flattening(Node N, llvm::StringRef Source) : Source(Source) { run(N); }
  std::vector<Token> Tokens;

private:
  llvm::StringRef Source;
  Term Flags;

  void run(Node Top) {
    // A work list instead of recursion: chains of thousands of "+" exist.
    struct Item {
      Node N;
      bool IsOperator;
      std::string Operator;
    };
    std::vector<Item> Work = {{Top, false, ""}};
    while (!Work.empty()) {
      Item I = std::move(Work.back());
      Work.pop_back();
      if (I.IsOperator) {
        Tokens.push_back({true, std::move(I.Operator), I.N, {}});
        continue;
      }
      if (I.N.is("ternary_expression")) {
        Work.push_back({I.N.field("if_false"), false, ""});
        Work.push_back({I.N.field("if_true"), true, "?"});
        Work.push_back({I.N.field("condition"), false, ""});
        continue;
      }
      if (isBinary(I.N)) {
        auto Children = I.N.children();
        if (Children.size() >= 3) {
          Range Op = Children[1].N.range();
          Work.push_back({Children.back().N, false, ""});
          Work.push_back({Node(), true, Source.slice(Op.Begin, Op.End).str()});
          Work.push_back({Children.front().N, false, ""});
          continue;
        }
      }
      if (I.N.is("try_expression") || I.N.is("await_expression")) {
        Node Inner = I.N.field("expr");
        if (!Inner)
          Inner = I.N.children().empty() ? Node() : I.N.children().back().N;
        bool Opens = isBinary(Inner) || Inner.is("await_expression") ||
                     Inner.is("try_expression");
        if (Opens)
          note(I.N);
        if (Opens) {
          Work.push_back({Inner, false, ""});
          continue;
        }
        operand(I.N);
        note(I.N);
        continue;
      }
      operand(I.N);
    }
  }

  void operand(Node N) { Tokens.push_back({false, "", N, Flags}); }

  void note(Node N) {
    if (N.is("await_expression")) {
      Flags.AfterAwait = true;
      return;
    }
    Range R = N.child("try_operator").range();
    llvm::StringRef Op = Source.slice(R.Begin, R.End);
    (Op.ends_with("?")   ? Flags.AfterTryOptional
     : Op.ends_with("!") ? Flags.AfterTryForced
                         : Flags.AfterTry) = true;
  }
};

/// Puts the tokens together again, loosest operator first.
class Grouping {
public:
  Grouping(const std::vector<Token> &Tokens, llvm::StringRef Source)
      : Tokens(Tokens), Source(Source) {}

  Term ternary(std::size_t Begin, std::size_t End) {
    for (std::size_t I = Begin; I < End; ++I) {
      if (!Tokens[I].IsOperator || Tokens[I].Operator != "?")
        continue;
      Term T;
      T.K = Kind::Ternary;
      T.Parts.push_back(level(Begin, I, 0));
      T.Parts.push_back(terms(Tokens[I].N, Source));
      T.Parts.push_back(ternary(I + 1, End));
      return withRange(std::move(T));
    }
    return level(Begin, End, 0);
  }

private:
  const std::vector<Token> &Tokens;
  llvm::StringRef Source;

  static Kind kindOf(llvm::StringRef Op) {
    return llvm::StringSwitch<Kind>(Op)
        .Case("||", Kind::Or)
        .Case("&&", Kind::And)
        .Cases("==", "!=", "===", "!==", "<", Kind::Compare)
        .Cases(">", "<=", ">=", "~=", Kind::Compare)
        .Case("??", Kind::Coalesce)
        .Default(Kind::Plain);
  }

  Term level(std::size_t Begin, std::size_t End, unsigned Level) {
    static constexpr Kind Levels[] = {Kind::Or, Kind::And, Kind::Compare,
                                      Kind::Coalesce, Kind::Plain};
    if (End - Begin == 1 || Level == std::size(Levels)) {
      Term T;
      if (Begin < End) {
        T = Tokens[Begin].Flags;
        T.Operand = Tokens[Begin].N;
        T.Where = T.Operand.range();
      }
      return T;
    }
    Term T;
    T.K = Levels[Level];
    std::size_t From = Begin;
    for (std::size_t I = Begin; I <= End; ++I) {
      bool Here = I == End ||
                  (Tokens[I].IsOperator && kindOf(Tokens[I].Operator) == T.K);
      if (!Here)
        continue;
      if (I != End && T.Operator.empty())
        T.Operator = Tokens[I].Operator;
      T.Parts.push_back(level(From, I, Level + 1));
      From = I + 1;
    }
    return T.Parts.size() == 1 ? std::move(T.Parts.front())
                               : withRange(std::move(T));
  }

  static Term withRange(Term T) {
    T.Where = {T.Parts.front().Where.Begin, T.Parts.back().Where.End};
    return T;
  }
};

} // namespace

Term swift::terms(Node N, llvm::StringRef Source) {
  Flattening F(N, Source);
  return Grouping(F.Tokens, Source).ternary(0, F.Tokens.size());
}
