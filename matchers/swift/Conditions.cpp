//===-- Conditions.cpp - what branches ask -*- C++ -*-===//
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
using Kind = Condition::Kind;

Condition Lowering::asked(Kind K, Range Where, std::string Name) const {
  Condition C;
  C.K = K;
  C.Where = Where;
  C.Text = text(Where);
  C.Name = std::move(Name);
  return C;
}

static Condition negated(Condition C, Range Where, std::string Text) {
  Condition N;
  N.K = Kind::Not;
  N.Where = Where;
  N.Text = std::move(Text);
  N.Operands.push_back(std::move(C));
  return N;
}

static Condition joined(Kind K, std::vector<Condition> Operands, Range Where,
                        std::string Text) {
  if (Operands.size() == 1)
    return std::move(Operands.front());
  Condition C;
  C.K = K;
  C.Where = Where;
  C.Text = std::move(Text);
  C.Operands = std::move(Operands);
  return C;
}

/// The comma-separated list of an if, guard or while.
Condition Lowering::conditions(llvm::ArrayRef<Child> Items,
                               std::vector<Declaration> &Declares, Sink &To) {
  std::vector<Condition> All;
  while (!Items.empty()) {
    std::size_t Comma = 0;
    // "let (a, b) = c" has commas of its own.
    for (unsigned Level = 0; Comma != Items.size(); ++Comma) {
      Level += Items[Comma].N.is("(");
      Level -= Items[Comma].N.is(")") && Level;
      if (Items[Comma].N.is(",") && !Level)
        break;
    }
    if (Comma != 0)
      All.push_back(clause(Items.take_front(Comma), Declares, To));
    Items = Items.drop_front(std::min(Comma + 1, Items.size()));
  }
  if (All.empty())
    return {};
  Range Where = {All.front().Where.Begin, All.back().Where.End};
  return joined(Kind::And, std::move(All), Where, text(Where));
}

/// One element of that list: a question, a binding, a pattern, availability.
Condition Lowering::clause(llvm::ArrayRef<Child> Items,
                           std::vector<Declaration> &Declares, Sink &To) {
  Range Where = {Items.front().N.range().Begin, Items.back().N.range().End};
  Context X;
  X.Awaited = awaitsHidden(Where);
  if (X.Awaited && InClosure)
    InClosure->Awaits = true;

  bool IsPattern = Items.front().N.is("case");
  bool IsBinding = Items.front().N.is("value_binding_pattern");
  if (!IsPattern && !IsBinding) {
    std::vector<Condition> All;
    for (const Child &I : Items) {
      if (I.N.is("availability_condition"))
        All.push_back(availability(I.N));
      else if (I.N.isNamed() || I.N.is("nil"))
        All.push_back(question(I.N, X, To));
    }
    if (All.empty())
      return asked(Kind::Other, Where);
    return joined(Kind::And, std::move(All), Where, text(Where));
  }

  // let NAME [: TYPE] = EXPRESSION, case PATTERN = EXPRESSION, each perhaps
  // with a "where" in old code.
  std::size_t Equals = 0, End = Items.size();
  while (Equals != End && !Items[Equals].N.is("="))
    ++Equals;
  Node Bound, WhereClause;
  for (std::size_t I = Equals; I < End; ++I) {
    if (Items[I].N.is("where_clause"))
      WhereClause = Items[I].N;
    else if (I == Equals + 1)
      Bound = Items[I].N;
  }
  Operand O;
  if (Bound)
    O = expression(Bound, X, To);

  std::vector<std::string> Named;
  std::string Type;
  bool Constant = false;
  for (std::size_t I = 0; I < Equals; ++I) {
    Node N = Items[I].N;
    if (N.is("value_binding_pattern"))
      Constant = Source.text(N.range()) == "let";
    if (N.is("type_annotation"))
      Type = llvm::StringRef(text(N)).ltrim(": ").str();
    if (N.is("simple_identifier") && !(I > 0 && Items[I - 1].N.is(".")) &&
        (IsBinding || Constant))
      Named.push_back(llvm::StringRef(text(N)).trim('`').str());
    if (N.is("pattern"))
      for (std::string &Name : boundNames(N, IsBinding || Constant, Source))
        Named.push_back(std::move(Name));
  }

  Condition C;
  if (IsPattern) {
    Range Pattern = {Items[1 < End ? 1 : 0].N.range().Begin,
                     Items[Equals ? Equals - 1 : 0].N.range().End};
    C = patternCondition(Pattern, Bound ? resolved(Bound) : "");
    C.Where = Where;
    C.Text = text(Where);
  } else {
    std::string Subject = Named.empty() ? "" : Named.front();
    if (Bound) {
      std::optional<std::string> P = path(Bound);
      Subject = P ? *P : text(Bound);
    } else if (!Named.empty()) { // "if let x"
      To.Reads.push_back(Named.front());
      const Binding *B = Names.find(Named.front());
      O.Type = B ? B->Type : bareType(Facts.propertyType(Owner, Named.front()));
      O.V.K = B ? (B->IsParameter ? Value::Kind::Parameter : Value::Kind::Local)
                : Value::Kind::Member;
      O.V.Name = O.V.Text = Named.front();
      O.V.Where = Items[1 < End ? 1 : 0].N.range();
    }
    C = asked(Kind::NonNil, Where, Subject);
  }
  for (const std::string &Name : Named) {
    if (Name == "self")
      continue;
    Declaration D;
    D.Name = Name;
    D.Type = Type;
    D.Constant = Constant;
    if (!IsPattern)
      D.Init = O.V;
    Declares.push_back(D);
    Names.add({Name, false, false, Type.empty() ? O.Type : bareType(Type),
               false, Bound ? text(Bound) : "", nullptr});
  }
  if (WhereClause && !WhereClause.children().empty()) {
    std::vector<Condition> Both;
    Both.push_back(std::move(C));
    Both.push_back(question(WhereClause.children().back().N, X, To));
    return joined(Kind::And, std::move(Both), Where, text(Where));
  }
  return C;
}

/// What a node's text stands for: a constant's initialiser instead of its
/// name.
std::string Lowering::resolved(Node N) const {
  std::optional<std::string> P = path(N);
  if (P)
    if (const Binding *B = Names.find(*P);
        B && !B->Init.empty() && B->Init.size() < 200)
      return B->Init;
  return P ? *P : text(N);
}

Condition Lowering::question(Node N, Context X, Sink &To) {
  Nested Guard(*this);
  if (!N || tooDeep(N.range()))
    return asked(Kind::Other, N.range());
  return question(terms(N, Source.bytes()), X, To);
}

Condition Lowering::question(const Term &T, Context X, Sink &To) {
  using TK = Term::Kind;
  if (T.AfterAwait)
    X.Awaited = true;
  if (T.AfterTry || T.AfterTryOptional || T.AfterTryForced)
    X.Try = T.AfterTryOptional ? Call::TryForm::TryOptional
            : T.AfterTryForced ? Call::TryForm::TryForced
                               : Call::TryForm::Try;
  switch (T.K) {
  case TK::Leaf: {
    std::size_t Before = StandIns.size();
    StandIns.insert(StandIns.end(), T.StandIns.begin(), T.StandIns.end());
    Condition C = leafQuestion(T.Operand, X, To);
    StandIns.resize(Before);
    return C;
  }
  case TK::Or:
  case TK::And: {
    std::vector<Condition> All;
    for (const Term &Part : T.Parts) {
      Context PX = X;
      PX.Conditional |= !All.empty();
      All.push_back(question(Part, PX, To));
    }
    return joined(T.K == TK::Or ? Kind::Or : Kind::And, std::move(All), T.Where,
                  text(T.Where));
  }
  case TK::Compare:
    return compared(T, X, To);
  case TK::Coalesce: {
    // "x?.flag ?? false" asks the flag.
    Condition First = question(T.Parts.front(), X, To);
    bool Plain =
        T.Parts.size() == 2 && T.Parts.back().Operand.is("boolean_literal");
    if (!Plain) {
      X.Conditional = true;
      for (const Term &Part : llvm::drop_begin(T.Parts))
        term(Part, X, To);
      return asked(Kind::Other, T.Where);
    }
    First.Where = T.Where;
    First.Text = text(T.Where);
    return First;
  }
  case TK::Ternary:
  case TK::Plain:
    term(T, X, To);
    return asked(Kind::Other, T.Where);
  }
  return asked(Kind::Other, T.Where);
}

/// The "!" that stands before the whole of \p N; the grammar hangs it on the
/// first name of "!a.b.c()". Null when there is none.
static Node leadingBang(Node N) {
  while (N) {
    auto Children = N.children();
    if (Children.empty())
      return {};
    Node First = Children.front().N;
    if (First.is("bang"))
      return First;
    if (!N.is("call_expression") && !N.is("navigation_expression") &&
        !N.is("postfix_expression") && !N.is("as_expression"))
      return {};
    N = First;
  }
  return {};
}

Condition Lowering::leafQuestion(Node N, Context X, Sink &To) {
  if (N.is("boolean_literal"))
    return asked(Kind::Constant, N.range(), text(N));
  if (N.is("tuple_expression")) {
    auto Children = N.children();
    if (Children.size() == 3) {
      Condition C = question(Children[1].N, X, To);
      C.Where = N.range();
      return C;
    }
  }
  if (Node Bang = leadingBang(N)) {
    Range Rest = {Bang.range().End, N.range().End};
    // "!(a == b)": the question stands in what looks like arguments.
    if (N.is("call_expression") && N.children().front().N == Bang) {
      Node Value = N.descendant("value_argument").field("value");
      Condition Inner = question(Value, X, To);
      return negated(std::move(Inner), N.range(), text(N));
    }
    Condition Inner = asked(Kind::Other, Rest);
    if (N.is("prefix_expression") && !path(N)) {
      Inner = question(N.children().back().N, X, To);
    } else {
      std::size_t Before = To.Calls.size();
      leaf(N, X, To);
      // The grammar has "!" inside the call that it negates.
      if (To.Calls.size() > Before)
        Inner.Where = To.Calls.back().Where;
      if (std::optional<std::string> P = path(N)) {
        llvm::StringRef Last = llvm::StringRef(*P).rsplit('.').second;
        const Binding *B = Names.find(*P);
        if (B && B->Means) {
          Inner = *B->Means;
        } else {
          Inner.K = Last == "mustReport" || *P == "mustReport"
                        ? Kind::MustReport
                        : Kind::Flag;
          Inner.Name = *P;
        }
      } else if (Source.text(Rest).contains("isOperatingSystemAtLeast")) {
        llvm::StringRef R = Source.text(Rest);
        if (auto V = versionIn(R.split("majorVersion:").second)) {
          Inner.K = Kind::OSVersion;
          Inner.Major = V->Major;
        }
      }
    }
    return negated(std::move(Inner), N.range(), text(N));
  }
  if (N.is("try_expression") || N.is("await_expression")) {
    std::size_t Before = To.Calls.size();
    leaf(N, X, To);
    Condition C = asked(Kind::Other, N.range());
    if (To.Calls.size() > Before)
      C.Where = To.Calls.back().Where;
    return C;
  }

  leaf(N, X, To);
  Condition C = asked(Kind::Other, N.range());
  if (std::optional<std::string> P = path(N)) {
    if (const Binding *B = Names.find(*P); B && B->Means)
      return *B->Means;
    llvm::StringRef Path = *P;
    C.K = Path == "mustReport" || Path.ends_with(".mustReport")
              ? Kind::MustReport
              : Kind::Flag;
    C.Name = *P;
    return C;
  }
  llvm::StringRef Written = Source.text(N.range());
  if (N.is("call_expression") && Written.contains("isOperatingSystemAtLeast")) {
    if (auto V = versionIn(Written.split("majorVersion:").second)) {
      C.K = Kind::OSVersion;
      C.Major = V->Major;
      if (auto M = versionIn(Written.split("minorVersion:").second))
        C.Minor = M->Major;
    }
  }
  return C;
}

/// "a == b" and its kin.
Condition Lowering::compared(const Term &T, Context X, Sink &To) {
  const Term &L = T.Parts[0], &R = T.Parts[1];
  llvm::StringRef Op = T.Operator;
  bool Equality = Op == "==" || Op == "===" || Op == "~=";
  bool Inequality = Op == "!=" || Op == "!==";

  // "x == true" is x; anything else is asked of both sides as they stand.
  auto Literal = [&](const Term &Part) -> llvm::StringRef {
    return Part.Operand.is("boolean_literal") || Part.Operand.is("nil")
               ? Source.text(Part.Where)
               : "";
  };
  llvm::StringRef Right = Literal(R), Left = Literal(L);
  if ((Equality || Inequality) && (Right == "true" || Right == "false")) {
    Condition C = question(L, X, To);
    if ((Right == "true") != Equality)
      C = negated(std::move(C), T.Where, text(T.Where));
    return C;
  }
  Operand LO = term(L, X, To);
  Operand RO = term(R, X, To);
  for (std::size_t I = 2; I < T.Parts.size(); ++I)
    term(T.Parts[I], X, To);

  Condition C = asked(Kind::Other, T.Where);
  auto Signed = [&](Condition Positive) {
    return Inequality ? negated(std::move(Positive), T.Where, text(T.Where))
                      : Positive;
  };
  auto NameOf = [&](const Term &Part) {
    std::optional<std::string> P = path(Part.Operand);
    return P ? *P : text(Part.Where);
  };
  auto Stands = [&](const Term &Part) {
    return Part.K == Term::Kind::Leaf ? resolved(Part.Operand)
                                      : text(Part.Where);
  };

  if (Equality || Inequality) {
    if (Right == "nil" || Left == "nil") {
      C.K = Kind::NonNil;
      C.Name = NameOf(Right == "nil" ? L : R);
      return Inequality ? C : negated(std::move(C), T.Where, text(T.Where));
    }
    for (bool Swap : {false, true}) {
      const Term &Subject = Swap ? R : L, &Other = Swap ? L : R;
      std::string Written = Stands(Other);
      if (llvm::StringRef Type = pushTypeName(Written); !Type.empty()) {
        C.K = Kind::PushType;
        C.Name = Type.str();
        return Signed(std::move(C));
      }
      std::string About = Stands(Subject);
      std::string State = appStateName(Written);
      if (!State.empty() &&
          (llvm::StringRef(About).contains_insensitive("applicationState") ||
           llvm::StringRef(About).contains_insensitive("appState"))) {
        C.K = Kind::AppState;
        C.Name = State;
        return Signed(std::move(C));
      }
      // systemVersion.compare("13.0", options: .numeric) != .orderedAscending
      llvm::StringRef S = About;
      std::size_t Compare = S.find(".compare(");
      if (readsSystemVersion(About) && Compare != llvm::StringRef::npos) {
        std::optional<Version> V = versionIn(S.substr(Compare + 9));
        llvm::StringRef Order = Written;
        if (V && Order.ends_with("orderedAscending")) {
          C.K = Kind::OSVersion;
          C.Major = V->Major;
          C.Minor = V->Minor;
          // Ascending: the system is older.
          return Inequality ? C : negated(std::move(C), T.Where, text(T.Where));
        }
        if (V && Order.ends_with("orderedDescending")) {
          C.K = Kind::OSVersion;
          C.Major = V->Major;
          C.Minor = V->Minor;
          return Signed(std::move(C));
        }
      }
    }
    C.K = Kind::Equal;
    C.Name = NameOf(L);
    return Signed(std::move(C));
  }

  bool VersionLeft = readsSystemVersion(Stands(L));
  bool VersionRight = readsSystemVersion(Stands(R)) && !VersionLeft;
  if (!VersionLeft && !VersionRight)
    return C;
  std::optional<Version> V = versionIn(Stands(VersionLeft ? R : L));
  if (!V)
    return C;
  C.K = Kind::OSVersion;
  C.Major = V->Major;
  C.Minor = V->Minor;
  std::string Effective = T.Operator;
  if (VersionRight) // 13 <= version
    Effective[0] = Effective[0] == '<' ? '>' : '<';
  // "majorVersion > 12" holds from 13 on.
  bool Whole = !Source.text((VersionLeft ? R : L).Where).contains('.') &&
               !Source.text((VersionLeft ? R : L).Where).contains('_');
  if (Whole && (Effective == ">" || Effective == "<="))
    C.Major += 1;
  if (Effective[0] == '>')
    return C;
  return negated(std::move(C), T.Where, text(T.Where));
}

/// #available(iOS 13.2, *): a list without iOS says nothing about iOS.
Condition Lowering::availability(Node N) const {
  Condition C = asked(Kind::Other, N.range());
  llvm::StringRef Written = Source.text(N.range());
  bool Available = !Written.contains("unavailable");
  llvm::StringRef List = Written.split('(').second.rtrim(") ");
  for (llvm::StringRef Rest = List; !Rest.empty();) {
    auto [Item, After] = Rest.split(',');
    Rest = After;
    Item = Item.trim();
    if (!Item.consume_front("iOS") || Item.starts_with("ApplicationExtension"))
      continue;
    if (auto V = versionIn(Item)) {
      C.K = Kind::OSVersion;
      C.Major = V->Major;
      C.Minor = V->Minor;
    }
  }
  if (Available)
    return C;
  return negated(std::move(C), N.range(), text(N));
}
