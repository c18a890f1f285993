//===-- Expressions.cpp - expressions become values, calls and closures -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Lowering.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include <algorithm>

using namespace ringfence;
using namespace ringfence::swift;

bool Lowering::tooDeep(Range Where) {
  if (Depth <= MaxDepth)
    return false;
  if (!SaidTooDeep)
    Problems.push_back({Source.path().str(), Source.line(Where.Begin),
                        "nested too deeply: what is further inside was left "
                        "out",
                        false});
  return SaidTooDeep = true;
}

bool Lowering::awaitsHidden(Range R) const {
  auto It = std::lower_bound(Facts.HiddenAwaits.begin(),
                             Facts.HiddenAwaits.end(), R.Begin);
  return It != Facts.HiddenAwaits.end() && *It < R.End;
}

Node Lowering::front(Node N) const {
  auto Children = N.children();
  Node First = Children.empty() ? Node() : Children.front().N;
  for (const StandIn &S : StandIns)
    if (S.For == First)
      First = S.With;
  return First;
}

Range Lowering::rangeOf(Node N) const {
  Range R = N.range();
  if (StandIns.empty())
    return R;
  Node Base = N;
  while (Base.is("call_expression") || Base.is("navigation_expression") ||
         Base.is("postfix_expression"))
    Base = front(Base);
  return {Base.range().Begin, R.End};
}

Lowering::Operand Lowering::plain(Node N, Value::Kind K) const {
  Operand O;
  O.V.K = K;
  O.V.Where = rangeOf(N);
  O.V.Text = text(N);
  return O;
}

Lowering::Operand Lowering::expression(Node N, Context X, Sink &To) {
  Nested Guard(*this);
  if (!N || tooDeep(N.range()))
    return plain(N);
  Term T = terms(N, Source.bytes());
  Operand O = term(T, X, To);
  if (T.K != Term::Kind::Leaf) {
    O.V.Where = N.range();
    O.V.Text = text(N);
  }
  return O;
}

/// What a call or a member hangs on. A chain has been taken apart as a whole:
/// doing so again would undo its stand-ins.
Lowering::Operand Lowering::chained(Node N, Context X, Sink &To) {
  bool IsChain = N.is("call_expression") || N.is("navigation_expression") ||
                 N.is("postfix_expression");
  return IsChain ? leaf(N, X, To) : expression(N, X, To);
}

Lowering::Operand Lowering::term(const Term &T, Context X, Sink &To) {
  if (T.AfterTry)
    X.Try = Call::TryForm::Try;
  if (T.AfterTryOptional)
    X.Try = Call::TryForm::TryOptional;
  if (T.AfterTryForced)
    X.Try = Call::TryForm::TryForced;
  if (T.AfterAwait) {
    X.Awaited = true;
    if (InClosure)
      InClosure->Awaits = true;
  }
  if (T.K == Term::Kind::Leaf) {
    std::size_t Before = StandIns.size();
    StandIns.insert(StandIns.end(), T.StandIns.begin(), T.StandIns.end());
    Operand O = leaf(T.Operand, X, To);
    StandIns.resize(Before);
    return O;
  }
  bool ShortCircuits = T.K != Term::Kind::Plain && T.K != Term::Kind::Compare;
  Operand Result;
  for (std::size_t I = 0; I != T.Parts.size(); ++I) {
    Context Part = X;
    Part.Conditional |= ShortCircuits && I > 0;
    Operand O = term(T.Parts[I], Part, To);
    // "a ?? b" and "c ? a : b" have the type of what they choose from.
    bool Chooses = T.K == Term::Kind::Coalesce || T.K == Term::Kind::Ternary;
    if (Chooses && Result.Type.empty() &&
        (I > 0 || T.K == Term::Kind::Coalesce))
      Result.Type = O.Type;
  }
  Result.V.Where = T.Where;
  Result.V.Text = text(T.Where);
  return Result;
}

Lowering::Operand Lowering::leaf(Node N, Context X, Sink &To) {
  enum class Form {
    Other,
    Identifier,
    Self,
    Super,
    Call,
    Constructor,
    Member,
    Closure,
    Selector,
    Try,
    Await,
    As,
    Postfix,
    Prefix,
    Tuple,
    Literal,
    Nil,
    Branch,
    Text,
    Macro,
  };
  Form F = llvm::StringSwitch<Form>(N.type())
               .Case("simple_identifier", Form::Identifier)
               .Case("self_expression", Form::Self)
               .Case("super_expression", Form::Super)
               .Case("call_expression", Form::Call)
               .Case("constructor_expression", Form::Constructor)
               .Case("navigation_expression", Form::Member)
               .Case("lambda_literal", Form::Closure)
               .Case("selector_expression", Form::Selector)
               .Case("try_expression", Form::Try)
               .Case("await_expression", Form::Await)
               .Case("as_expression", Form::As)
               .Case("postfix_expression", Form::Postfix)
               .Case("prefix_expression", Form::Prefix)
               .Case("tuple_expression", Form::Tuple)
               .Cases("integer_literal", "real_literal", "boolean_literal",
                      "hex_literal", Form::Literal)
               .Cases("oct_literal", "bin_literal", "special_literal",
                      "regex_literal", Form::Literal)
               .Case("nil", Form::Nil)
               .Cases("if_statement", "switch_statement", Form::Branch)
               .Cases("line_string_literal", "multi_line_string_literal",
                      "raw_string_literal", Form::Text)
               .Case("macro_invocation", Form::Macro)
               .Default(Form::Other);

  // The outer text, the inner value: "try f()", "x as! T", "(x)", "x!".
  auto Through = [&](Node Inner) {
    Operand O = expression(Inner, X, To);
    O.V.Where = rangeOf(N);
    O.V.Text = text(N);
    return O;
  };

  switch (F) {
  case Form::Identifier:
    return identifier(N, X, To);
  case Form::Self: {
    Operand O = plain(N, Value::Kind::Member);
    O.V.Name = "self";
    O.Type = Owner.str();
    To.Reads.push_back("self");
    return O;
  }
  case Form::Super: {
    Operand O = plain(N, Value::Kind::Member);
    O.V.Name = "super";
    return O;
  }
  case Form::Call:
    return call(N, X, To);
  case Form::Constructor:
    return construction(N, X, To);
  case Form::Member:
    return memberRead(N, X, To);
  case Form::Closure:
    return closure(N, To);
  case Form::Selector:
    return selector(N);
  case Form::Try: {
    llvm::StringRef Op = Source.text(N.child("try_operator").range());
    X.Try = Op.ends_with("?")   ? Call::TryForm::TryOptional
            : Op.ends_with("!") ? Call::TryForm::TryForced
                                : Call::TryForm::Try;
    return Through(N.field("expr"));
  }
  case Form::Await: {
    X.Awaited = true;
    if (InClosure)
      InClosure->Awaits = true;
    Node Inner = N.field("expr");
    return Through(Inner ? Inner : N.firstNamed());
  }
  case Form::As: {
    auto Children = N.children();
    Operand O = Through(Children.front().N);
    if (Children.size() > 1)
      O.Type = bareType(text(Children.back().N));
    O.IsType = false;
    return O;
  }
  case Form::Postfix: {
    Operand O = chained(front(N), X, To);
    O.V.Where = rangeOf(N);
    O.V.Text = text(N);
    return O;
  }
  case Form::Prefix: {
    auto Children = N.children();
    // ".voIP": a member of a type that only the compiler knows.
    if (Children.front().N.is("."))
      return plain(N);
    Operand O = Through(Children.back().N);
    if (!Children.front().N.is("&"))
      O.V.K = O.V.K == Value::Kind::Literal ? Value::Kind::Literal
                                            : Value::Kind::Unknown;
    return O;
  }
  case Form::Tuple: {
    auto Children = N.children();
    if (Children.size() == 3)
      return Through(Children[1].N);
    parts(N, X, To);
    return plain(N);
  }
  case Form::Literal:
    return plain(N, Value::Kind::Literal);
  case Form::Nil:
    return plain(N, Value::Kind::Nil);
  case Form::Text:
    parts(N, X, To);
    {
      Operand O = plain(N, Value::Kind::Literal);
      O.Type = "String";
      return O;
    }
  case Form::Branch:
    statement(N, "", To.Hoisted);
    return plain(N);
  case Form::Macro: {
    Call C;
    C.K = Call::Kind::Macro;
    Node Name = N.child("simple_identifier");
    C.Name = text(Name);
    C.NameRange = Name.range();
    arguments(N.child("call_suffix"), X, To, C);
    return add(std::move(C), N, X, To, "");
  }
  case Form::Other:
    parts(N, X, To);
    return plain(N);
  }
  return plain(N);
}

/// Lowers what expressions a node has among its parts: literals, tuples,
/// interpolated strings, nodes that the grammar could not place.
void Lowering::parts(Node N, Context X, Sink &To) {
  Nested Guard(*this);
  if (tooDeep(N.range()))
    return;
  for (const Child &C : N.children()) {
    llvm::StringRef T = C.N.type();
    if (!C.N.isNamed() || T.ends_with("_type") || T == "type_identifier")
      continue;
    if (T == "interpolated_expression" || T == "raw_str_interpolation" ||
        T == "value_argument" || T == "ERROR")
      parts(C.N, X, To);
    else if (C.Field != "name" && T != "value_argument_label")
      expression(C.N, X, To);
  }
}

Lowering::Operand Lowering::identifier(Node N, Context X, Sink &To) {
  std::string Name = text(N);
  llvm::StringRef Bare = llvm::StringRef(Name).trim('`');
  Operand O = plain(N);
  O.V.Name = Bare.str();
  if (Bare.size() > 1 && Bare[0] == '$' && llvm::isDigit(Bare[1])) {
    int Index = 0;
    if (InClosure && !Bare.drop_front().getAsInteger(10, Index))
      InClosure->HighestShorthand =
          std::max(InClosure->HighestShorthand, Index);
    O.V.K = Value::Kind::Parameter;
    return O;
  }
  if (const Binding *B = Names.find(Bare)) {
    O.V.K = B->IsParameter ? Value::Kind::Parameter : Value::Kind::Local;
    O.Type = B->Type;
    To.Reads.push_back(Bare.str());
    return O;
  }
  if (looksLikeType(Bare)) {
    O.IsType = true;
    O.Type = Bare.str();
    O.V.Name.clear();
    return O;
  }
  To.Reads.push_back(Bare.str());
  O.V.K = Value::Kind::Member;
  O.Type = bareType(Facts.propertyType(Owner, Bare));
  if (Owner.empty() || Facts.hasProperty("", Bare) ||
      Facts.hasFunction(Owner, Bare)) {
    if (O.Type.empty())
      O.Type = bareType(Facts.propertyType("", Bare));
    return O;
  }
  // A member of self that is not spelled out, or of a superclass.
  Call C;
  C.K = Call::Kind::PropertyRead;
  C.Name = Bare.str();
  C.NameRange = N.range();
  C.OnSelf = true;
  C.ReceiverType = Owner.str();
  Value Kept = O.V;
  O = add(std::move(C), N, X, To, O.Type);
  Kept.CallIndex = O.CallIndex;
  O.V = std::move(Kept);
  return O;
}

/// "a.b.c" as written without "?", "!" and blanks, if it is names all the way.
std::optional<std::string> Lowering::path(Node N) const {
  llvm::SmallVector<llvm::StringRef, 8> Names;
  while (N) {
    if (N.is("simple_identifier") || N.is("self_expression") ||
        N.is("super_expression")) {
      Names.push_back(Source.text(N.range()).trim('`'));
      std::string P;
      for (llvm::StringRef Name : llvm::reverse(Names)) {
        if (!P.empty())
          P += '.';
        P += Name;
      }
      return P;
    }
    auto Children = N.children();
    if (N.is("navigation_expression") && !Children.empty()) {
      Node Suffix = N.field("suffix").field("suffix");
      if (!Suffix)
        return std::nullopt;
      Names.push_back(Source.text(Suffix.range()).trim('`'));
      N = front(N);
    } else if (N.is("postfix_expression") && !Children.empty()) {
      N = front(N);
    } else if (N.is("tuple_expression") && Children.size() == 3) {
      N = Children[1].N;
    } else if (N.is("prefix_expression") && !Children.empty() &&
               !Children.front().N.is(".")) {
      // The grammar hangs "!" on the first name of "!a.b".
      N = Children.back().N;
    } else {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

/// A path counts as read, and so does the variable that it starts from.
void Lowering::readPath(llvm::StringRef Path,
                        std::vector<std::string> &Reads) const {
  Reads.push_back(Path.str());
  llvm::StringRef Root = Path.split('.').first;
  if (Root != "self" && Root != "super" && !looksLikeType(Root))
    Reads.push_back(Root.str());
}

Lowering::Operand Lowering::memberRead(Node N, Context X, Sink &To) {
  Nested Guard(*this);
  if (tooDeep(N.range()))
    return plain(N);
  auto Children = N.children();
  Node Suffix = N.field("suffix");
  Node Name = Suffix.field("suffix");
  Node Target = front(N);
  if (!Name)
    return plain(N);
  while (Target.is("prefix_expression") && !front(Target).is("."))
    Target = Target.children().back().N; // "!a.b" asks for a member of a

  // Only the whole path is noted as read, not each of its beginnings.
  std::size_t ReadsBefore = To.Reads.size();
  Operand On =
      Target.is("super_expression") ? plain(Target) : leaf(Target, X, To);
  std::optional<std::string> Path = path(N);
  if (Path) {
    To.Reads.resize(ReadsBefore);
    if (!looksLikeType(llvm::StringRef(*Path).split('.').first))
      readPath(*Path, To.Reads);
  }

  std::string Member = llvm::StringRef(text(Name)).trim('`').str();
  bool Optional = Children.size() > 2 && Children[1].N.is("?");
  if (On.IsType &&
      (looksLikeType(Member) || Member == "self" || Member == "Type")) {
    Operand O = plain(N); // a nested type, or a metatype
    O.IsType = true;
    O.Type = Member == "self" ? On.Type : Member;
    return O;
  }

  Call C;
  C.K = Call::Kind::PropertyRead;
  C.Name = Member;
  C.NameRange = Name.range();
  C.Receiver = text({rangeOf(Target).Begin, Children.size() > 2 && Optional
                                                ? Children[1].N.range().End
                                                : Target.range().End});
  C.ReceiverType = On.Type;
  C.ReceiverCall = On.CallIndex;
  C.OnSelf = Target.is("self_expression");
  C.OnSuper = Target.is("super_expression");
  C.OnType = On.IsType;
  C.OptionalChain = On.Chained || Optional;
  bool Chained = C.OptionalChain;
  Operand O = add(std::move(C), N, X, To, memberType(On, Member));
  O.Chained = Chained;
  if (Path) {
    O.V.K = Value::Kind::Member;
    O.V.Name = *Path;
  }
  return O;
}

Lowering::Operand Lowering::selector(Node N) {
  Operand O = plain(N, Value::Kind::Selector);
  llvm::StringRef Inside = O.V.Text;
  std::size_t Open = Inside.find('(');
  Inside = Inside.substr(Open == llvm::StringRef::npos ? 0 : Open + 1);
  Inside = Inside.drop_back(Inside.ends_with(")") ? 1 : 0).trim();
  Inside.consume_front("getter:");
  Inside.consume_front("setter:");
  // "Type.method(_:)" names method(_:).
  llvm::StringRef Head = Inside.take_until([](char C) { return C == '('; });
  std::size_t Dot = Head.rfind('.');
  O.V.Name =
      Inside.substr(Dot == llvm::StringRef::npos ? 0 : Dot + 1).trim().str();
  return O;
}

Lowering::Operand Lowering::closure(Node N, Sink &To) {
  Nested Guard(*this);
  Operand O = plain(N, Value::Kind::Closure);
  if (tooDeep(N.range()))
    return plain(N);
  Closure C;
  C.Where = N.range();
  for (const Block &B : blocksOf(N))
    C.Body = B.Inside;

  Scope::Block Inner(Names);
  Node Type = N.child("lambda_function_type");
  if (Node Captures = N.child("capture_list"))
    for (const Child &Item : Captures.children()) {
      if (!Item.N.is("capture_list_item"))
        continue;
      C.CaptureList.push_back(text(Item.N));
      // "[x = self.x]" makes a new constant.
      if (Node V = Item.N.field("value")) {
        Operand Kept = expression(V, {}, To);
        Names.add({text(Item.N.field("name")), false, false, Kept.Type, false,
                   text(V), nullptr});
      }
    }
  if (Type) {
    for (const Child &P : Type.children())
      C.IsAsync |= P.N.is("async");
    Node List = Type.child("lambda_function_type_parameters");
    for (const Child &P : List.children()) {
      if (!P.N.is("lambda_parameter"))
        continue;
      Parameter Param;
      auto Parts = P.N.children();
      for (const Child &Part : Parts)
        if (Part.N.is("simple_identifier") || Part.N.is("self_expression"))
          Param.Name = text(Part.N);
        else if (Part.N.isNamed() && !Part.N.is("parameter_modifiers"))
          Param.Type = text(Part.N);
      Param.Label = "_";
      Param.IsClosure = isClosureType(Param.Type);
      bind(Param);
      C.Parameters.push_back(std::move(Param));
    }
  }

  ClosureFacts Seen;
  ClosureFacts *Outer = InClosure;
  InClosure = &Seen;
  if (Node Body = N.child("statements"))
    C.Steps = body(Body);
  InClosure = Outer;
  C.IsAsync |= Seen.Awaits;
  if (!Type)
    for (int I = 0; I <= Seen.HighestShorthand; ++I) {
      Parameter P;
      P.Label = "_";
      P.Name = "$" + std::to_string(I);
      C.Parameters.push_back(std::move(P));
    }
  // Body was measured over the braces; parameters stand before "in".
  for (const Child &K : N.children())
    if (K.N.is("in"))
      C.Body.Begin = K.N.range().End;
  O.V.ClosureIndex = static_cast<int>(To.Closures.size());
  To.Closures.push_back(std::move(C));
  return O;
}
