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

  /// "a || b.c { … }" comes as a call of "a || b.c": the call belongs to the
  /// last operand alone, and so does whatever else hangs on the call.
  struct Suffixes {
    Node Outer; ///< the whole chain of calls and members; null for none
    std::vector<StandIn> StandIns;
  };

  void run(Node Top) {
    // A work list instead of recursion: chains of thousands of "+" exist.
    struct Item {
      Node N;
      bool IsOperator = false;
      std::string Operator;
      Suffixes S;
    };
    std::vector<Item> Work = {{Top, false, "", {}}};
    while (!Work.empty()) {
      Item I = std::move(Work.back());
      Work.pop_back();
      if (I.IsOperator) {
        Tokens.push_back({true, std::move(I.Operator), I.N, {}});
        continue;
      }
      if (I.N.is("ternary_expression")) {
        Node IfFalse = I.N.field("if_false");
        Suffixes S = passOn(std::move(I.S), I.N, IfFalse);
        Work.push_back({IfFalse, false, "", std::move(S)});
        Work.push_back({I.N.field("if_true"), true, "?", {}});
        Work.push_back({I.N.field("condition"), false, "", {}});
        continue;
      }
      if (isBinary(I.N)) {
        auto Children = I.N.children();
        if (Children.size() >= 3) {
          Range Op = Children[1].N.range();
          Node Right = Children.back().N;
          Suffixes S = passOn(std::move(I.S), I.N, Right);
          Work.push_back({Right, false, "", std::move(S)});
          Work.push_back(
              {Node(), true, Source.slice(Op.Begin, Op.End).str(), {}});
          Work.push_back({Children.front().N, false, "", {}});
          continue;
        }
      }
      if (isPrefixed(I.N)) {
        Node Inner = I.N.field("expr");
        if (!Inner)
          Inner = I.N.children().empty() ? Node() : I.N.children().back().N;
        if (I.S.Outer || isBinary(Inner) || isPrefixed(Inner)) {
          note(I.N);
          Suffixes S = passOn(std::move(I.S), I.N, Inner);
          Work.push_back({Inner, false, "", std::move(S)});
        } else {
          operand(I.N, std::move(I.S));
          note(I.N);
        }
        continue;
      }
      Node Base = I.N;
      while (isChain(Base) && !Base.children().empty())
        Base = Base.children().front().N;
      if (!(Base == I.N) && (isBinary(Base) || isPrefixed(Base))) {
        if (!I.S.Outer)
          I.S.Outer = I.N;
        Work.push_back({Base, false, "", std::move(I.S)});
        continue;
      }
      operand(I.N, std::move(I.S));
    }
  }

  static bool isPrefixed(Node N) {
    return N.is("try_expression") || N.is("await_expression");
  }
  static bool isChain(Node N) {
    return N.is("call_expression") || N.is("navigation_expression") ||
           N.is("postfix_expression");
  }
  static Suffixes passOn(Suffixes S, Node From, Node To) {
    if (S.Outer)
      S.StandIns.push_back({From, To});
    return S;
  }

  void operand(Node N, Suffixes S) {
    Token T;
    T.N = S.Outer ? S.Outer : N;
    T.Flags = Flags;
    T.Flags.StandIns = std::move(S.StandIns);
    Tokens.push_back(std::move(T));
  }

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
        if (!T.StandIns.empty())
          T.Where.Begin = T.StandIns.back().With.range().Begin;
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
