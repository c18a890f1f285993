//===-- Statements.cpp - statements become steps -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Lowering.h"
#include "llvm/ADT/StringSwitch.h"

using namespace ringfence;
using namespace ringfence::swift;

std::vector<Block> swift::blocksOf(Node N) {
  std::vector<Block> Result;
  bool Open = false;
  for (const Child &C : N.children()) {
    Range R = C.N.range();
    if ((C.N.is("{") || C.N.is("^{")) && !Open) {
      Open = true;
      Result.push_back({{R.Begin, N.range().End}, {R.End, N.range().End}, {}});
    } else if (C.N.is("statements") && Open) {
      Result.back().Statements = C.N;
    } else if (C.N.is("}") && Open) {
      Open = false;
      Result.back().Where.End = R.End;
      Result.back().Inside.End = R.Begin;
    }
  }
  return Result;
}

std::vector<Parameter> swift::parametersOf(Node Function,
                                           const SourceFile &Source) {
  std::vector<Parameter> Result;
  for (const Child &C : Function.children()) {
    if (!C.N.is("parameter"))
      continue;
    Parameter P;
    std::vector<std::string> Before;
    for (const Child &K : C.N.children()) {
      std::string Written = Source.text(K.N.range()).str();
      if (K.N.is("simple_identifier"))
        Before.push_back(llvm::StringRef(Written).trim('`').str());
      else if (K.N.is("parameter_modifiers"))
        P.IsEscaping = llvm::StringRef(Written).contains("@escaping");
      else if (K.N.isNamed())
        P.Type = Written;
      else if (K.N.is("!") || K.N.is("...") || K.N.is("?"))
        P.Type += Written;
    }
    if (Before.empty())
      continue;
    P.Label = Before.front();
    P.Name = Before.back();
    P.IsClosure = isClosureType(P.Type);
    // An optional closure is stored in a case, so it escapes by its nature.
    P.IsEscaping |= P.IsClosure && (llvm::StringRef(P.Type).ends_with("?") ||
                                    llvm::StringRef(P.Type).ends_with("!"));
    Result.push_back(std::move(P));
  }
  return Result;
}

void Lowering::bind(const Parameter &P) {
  Names.add({P.Name, true, false, bareType(P.Type), P.IsClosure, "", nullptr});
}

std::vector<Step> Lowering::body(Node Statements) {
  std::vector<Step> Steps;
  Scope::Block Inner(Names);
  Nested Guard(*this);
  if (Statements && !tooDeep(Statements.range()))
    statements(Statements.children(), Steps);
  return Steps;
}

Arm Lowering::arm(Arm::Kind K, const Block &B) {
  Arm A;
  A.K = K;
  A.Where = B.Where;
  A.Inside = B.Inside;
  A.Steps = body(B.Statements);
  return A;
}

void Lowering::statements(llvm::ArrayRef<Child> Nodes, std::vector<Step> &Out) {
  std::string Label;
  for (std::size_t I = 0; I < Nodes.size(); ++I) {
    Node N = Nodes[I].N;
    if (N.is("statement_label")) {
      Label = llvm::StringRef(text(N)).rtrim(":").str();
    } else if (N.is("directive")) {
      I = configuration(Nodes, I, Out);
    } else if (N.isNamed() || N.is("nil")) {
      statement(N, std::exchange(Label, ""), Out);
    }
  }
}

/// Lowers "#if … #endif" beginning at \p I; returns the index of its end.
std::size_t Lowering::configuration(llvm::ArrayRef<Child> Nodes, std::size_t I,
                                    std::vector<Step> &Out) {
  auto Word = [&](std::size_t K) {
    return Source.text(Nodes[K].N.range()).take_until([](char C) {
      return C == ' ' || C == '\t' || C == '(' || C == '!' || C == '\n' ||
             C == '\r';
    });
  };
  if (Word(I) != "#if") { // one without its beginning
    opaque(Nodes[I].N, Out);
    return I;
  }
  Step S;
  S.K = Step::Kind::Configuration;
  S.Where = Nodes[I].N.range();
  std::size_t Last = I;
  while (Last < Nodes.size()) {
    Range Head = Nodes[Last].N.range();
    if (Word(Last) == "#endif") {
      S.Where.End = Head.End;
      break;
    }
    // The branch's statements: up to the next directive of this level.
    std::size_t End = Last + 1;
    for (unsigned Level = 0; End < Nodes.size(); ++End) {
      if (!Nodes[End].N.is("directive"))
        continue;
      if (Word(End) == "#if")
        ++Level;
      else if (Level == 0)
        break;
      else if (Word(End) == "#endif")
        --Level;
    }
    Arm A;
    A.K = Arm::Kind::Conditional;
    A.When = asked(Condition::Kind::Other, Head);
    std::uint32_t Stop = End < Nodes.size() ? Nodes[End].N.range().Begin
                                            : Nodes.back().N.range().End;
    A.Where = {Head.Begin, Stop};
    A.Inside = {Head.End, Stop};
    S.HasElse |= Word(Last) == "#else";
    {
      Nested Guard(*this);
      Scope::Block Inner(Names);
      if (!tooDeep(Head))
        statements(Nodes.slice(Last + 1, End - Last - 1), A.Steps);
    }
    S.Arms.push_back(std::move(A));
    S.Where.End = Stop;
    Last = End;
  }
  // Constants of an #if stay visible behind it.
  for (const Arm &A : S.Arms)
    for (const Step &Inner : A.Steps)
      for (const Declaration &D : Inner.Declares)
        Names.add({D.Name, false, false, bareType(D.Type),
                   isClosureType(D.Type), D.Init.Text, nullptr});
  finish(std::move(S), {}, Out);
  return std::min(Last, Nodes.size() - 1);
}

void Lowering::finish(Step S, std::vector<Step> Hoisted,
                      std::vector<Step> &Out) {
  llvm::StringRef After = Source.bytes().substr(S.Where.End);
  std::size_t Blank = After.find_first_not_of(" \t");
  if (Blank != llvm::StringRef::npos && After[Blank] == ';')
    S.Where.End += static_cast<std::uint32_t>(Blank) + 1;
  S.WithComments = withComments(S.Where, Facts);
  normalise(S.Reads);
  normalise(S.Writes);
  for (Step &H : Hoisted)
    Out.push_back(std::move(H));
  Out.push_back(std::move(S));
}

void Lowering::statement(Node N, llvm::StringRef Label,
                         std::vector<Step> &Out) {
  using Handle = void (Lowering::*)(Node, std::vector<Step> &);
  using Labelled =
      void (Lowering::*)(Node, llvm::StringRef, std::vector<Step> &);
  Nested Guard(*this);
  if (tooDeep(N.range()))
    return;
  Labelled L = llvm::StringSwitch<Labelled>(N.type())
                   .Case("if_statement", &Lowering::ifStatement)
                   .Case("switch_statement", &Lowering::switchStatement)
                   .Case("for_statement", &Lowering::forStatement)
                   .Case("while_statement", &Lowering::whileStatement)
                   .Case("repeat_while_statement", &Lowering::whileStatement)
                   .Case("do_statement", &Lowering::doStatement)
                   .Default(nullptr);
  if (L)
    return (this->*L)(N, Label, Out);
  Handle H = llvm::StringSwitch<Handle>(N.type())
                 .Case("guard_statement", &Lowering::guardStatement)
                 .Case("control_transfer_statement", &Lowering::transfer)
                 .Case("property_declaration", &Lowering::declaration)
                 .Case("function_declaration", &Lowering::localFunction)
                 .Cases("class_declaration", "protocol_declaration", "ERROR",
                        &Lowering::opaque)
                 .Cases("typealias_declaration", "import_declaration",
                        "init_declaration", "diagnostic", &Lowering::opaque)
                 .Cases("directive", "switch_entry", &Lowering::opaque)
                 .Default(&Lowering::expressionStatement);
  (this->*H)(N, Out);
}

void Lowering::expressionStatement(Node N, std::vector<Step> &Out) {
  // The grammar has no defer: it reads as a call with a closure.
  if (N.is("call_expression")) {
    auto Children = N.children();
    Node Lambda = N.child("call_suffix").child("lambda_literal");
    if (Lambda && Source.text(Children.front().N.range()) == "defer") {
      Step S;
      S.K = Step::Kind::Defer;
      S.Where = N.range();
      for (const Block &B : blocksOf(Lambda))
        S.Arms.push_back(arm(Arm::Kind::Body, B));
      return finish(std::move(S), {}, Out);
    }
  }
  Step S;
  S.Where = N.range();
  std::vector<Step> Hoisted;
  Sink To{S.Calls, S.Closures, S.Reads, S.Writes, Hoisted};
  // "try x = f()" and "await x = f()" assign, too.
  Node Inner = N;
  while (Inner.is("try_expression") || Inner.is("await_expression")) {
    Node E = Inner.field("expr");
    if (!E)
      break;
    Inner = E;
  }
  if (Inner.is("assignment"))
    assignment(Inner, S, To);
  else
    expression(N, {}, To);
  finish(std::move(S), std::move(Hoisted), Out);
}

void Lowering::assignment(Node N, Step &S, Sink &To) {
  Node Target = N.field("target").firstNamed();
  Operand V = expression(N.field("result"), {}, To);
  bool Compound = Source.text(N.field("operator").range()) != "=";

  auto Assign = [&](Node Place, Value Given) {
    Assignment A;
    A.Target = text(Place);
    A.V = std::move(Given);
    A.Where = N.range();
    std::optional<std::string> P = path(Place);
    if (P) {
      To.Writes.push_back(*P);
      if (Compound)
        readPath(*P, To.Reads);
    }
    bool IsLocal = P && !llvm::StringRef(*P).contains('.') && Names.find(*P);
    Call C;
    C.K = Call::Kind::PropertyWrite;
    C.Arguments.push_back({"", A.V});
    S.Assigns.push_back(std::move(A));
    if (IsLocal || Place.is("tuple_expression"))
      return;
    if (Place.is("navigation_expression")) {
      auto Children = Place.children();
      Node Name = Place.field("suffix").field("suffix");
      Node On = Children.front().N;
      bool Chain = Children.size() > 2 && Children[1].N.is("?");
      std::size_t Before = To.Reads.size();
      Operand O = expression(On, {}, To);
      if (On.is("self_expression"))
        To.Reads.resize(Before);
      C.Name = llvm::StringRef(text(Name)).trim('`').str();
      C.NameRange = Name.range();
      C.Receiver = text({On.range().Begin,
                         Chain ? Children[1].N.range().End : On.range().End});
      C.ReceiverType = O.Type;
      C.ReceiverCall = O.CallIndex;
      C.OnSelf = On.is("self_expression");
      C.OnSuper = On.is("super_expression");
      C.OnType = O.IsType;
      C.OptionalChain = O.Chained || Chain;
      // "a.b = c" changes what a holds.
      if (std::optional<std::string> Root = path(On); Root && *Root != "self")
        To.Writes.push_back(*Root);
      add(std::move(C), N, {}, To, "");
    } else if (Place.is("simple_identifier")) {
      if (Owner.empty() || C.Arguments.empty())
        return;
      C.Name = *P;
      C.NameRange = Place.range();
      C.OnSelf = true;
      C.ReceiverType = Owner.str();
      add(std::move(C), N, {}, To, "");
    } else {
      // A subscript: its receiver and keys are evaluated.
      expression(Place, {}, To);
      Node Base = Place;
      while (Base.is("call_expression") || Base.is("postfix_expression"))
        Base = Base.children().front().N;
      if (std::optional<std::string> Root = path(Base))
        To.Writes.push_back(*Root);
    }
  };

  if (Target.is("tuple_expression")) {
    for (const Child &C : Target.children())
      if (C.N.isNamed() && !C.N.is("wildcard_pattern") && text(C.N) != "_") {
        Value Part;
        Part.Text = V.V.Text;
        Part.Where = V.V.Where;
        Assign(C.N, Part);
      }
    return;
  }
  if (text(Target) == "_") // "_ = f()" throws the result away
    return;
  Assign(Target, V.V);
}

/// Whether the rule knows what follows from \p C; other questions are better
/// kept under the name of the variable that holds the answer.
static bool isOfTheRule(const Condition &C) {
  using CK = Condition::Kind;
  return C.K == CK::PushType || C.K == CK::OSVersion || C.K == CK::MustReport ||
         C.K == CK::AppState || llvm::any_of(C.Operands, isOfTheRule);
}

void Lowering::declaration(Node N, std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Declare;
  S.Where = N.range();
  std::vector<Step> Hoisted;
  Sink To{S.Calls, S.Closures, S.Reads, S.Writes, Hoisted};

  bool Constant = false, Concurrent = false;
  std::vector<std::string> Current;
  std::string Type;
  auto Flush = [&](const Operand &Init, Node InitNode,
                   std::shared_ptr<const Condition> Means = nullptr) {
    for (const std::string &Name : Current) {
      Declaration D;
      D.Name = Name;
      D.Type = Type;
      D.Constant = Constant;
      if (InitNode)
        D.Init = Init.V;
      S.Declares.push_back(D);
      Binding B;
      B.Name = Name;
      B.Type = Type.empty() ? (Current.size() == 1 ? Init.Type : "")
                            : bareType(Type);
      B.IsClosure = isClosureType(Type) || Init.V.K == Value::Kind::Closure;
      if (InitNode && Constant)
        B.Init = text(InitNode);
      B.Means = Means;
      Names.add(std::move(B));
    }
    Current.clear();
    Type.clear();
  };
  for (const Child &C : N.children()) {
    if (C.N.is("async")) {
      Concurrent = true;
    } else if (C.N.is("value_binding_pattern")) {
      Constant = Source.text(C.N.range()) == "let";
    } else if (C.N.is("pattern")) {
      if (!Current.empty())
        Flush({}, {});
      Current = boundNames(C.N, true, Source);
    } else if (C.N.is("type_annotation")) {
      Type = llvm::StringRef(text(C.N)).ltrim(": ").str();
    } else if (C.Field == "value") {
      if (Concurrent) {
        // The value is made by a task of its own, as a closure would be.
        Step Inner;
        Inner.Where = C.N.range();
        Inner.WithComments = C.N.range();
        std::vector<Step> InnerHoisted;
        Sink Child{Inner.Calls, Inner.Closures, Inner.Reads, Inner.Writes,
                   InnerHoisted};
        expression(C.N, {}, Child);
        Closure Task;
        Task.Where = Task.Body = C.N.range();
        Task.IsAsync = true;
        Task.Steps = std::move(InnerHoisted);
        normalise(Inner.Reads);
        Task.Steps.push_back(std::move(Inner));
        Operand O = plain(C.N, Value::Kind::Closure);
        O.V.ClosureIndex = static_cast<int>(To.Closures.size());
        To.Closures.push_back(std::move(Task));
        Call Spawn;
        Spawn.Name = "async let";
        Spawn.NameRange = N.range();
        Spawn.Arguments.push_back({"", O.V});
        add(std::move(Spawn), C.N, {}, To, "");
        Flush({}, C.N);
        continue;
      }
      if (Constant && Current.size() == 1 && isQuestion(C.N)) {
        // A constant keeps what it asks, for the branch that tests it.
        Condition Means = question(C.N, {}, To);
        Flush(plain(C.N), C.N,
              isOfTheRule(Means)
                  ? std::make_shared<const Condition>(std::move(Means))
                  : nullptr);
        continue;
      }
      Operand O = expression(C.N, {}, To);
      Flush(O, C.N);
    } else if (C.N.isError()) {
      parts(C.N, {}, To);
    }
  }
  Flush({}, {});
  finish(std::move(S), std::move(Hoisted), Out);
}

/// Whether \p N is made of questions that are worth keeping.
bool Lowering::isQuestion(Node N) const {
  Term T = terms(N, Source.bytes());
  using TK = Term::Kind;
  if (T.K == TK::Compare || T.K == TK::And || T.K == TK::Or)
    return true;
  return T.K == TK::Leaf && (Source.text(N.range()).starts_with("!") ||
                             Source.text(N.range()).ends_with(".mustReport") ||
                             N.is("boolean_literal"));
}

void Lowering::localFunction(Node N, std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::LocalFunction;
  S.Where = N.range();
  S.Label = text(N.field("name"));
  S.Parameters = parametersOf(N, Source);
  Names.add({S.Label, false, true, "", false, "", nullptr});
  Scope::Block Inner(Names);
  for (const Parameter &P : S.Parameters)
    bind(P);
  // What a closure around it is called with stays out of reach.
  ClosureFacts Own;
  ClosureFacts *Outer = std::exchange(InClosure, &Own);
  for (const Block &B : blocksOf(N.field("body")))
    S.Arms.push_back(arm(Arm::Kind::Body, B));
  InClosure = Outer;
  finish(std::move(S), {}, Out);
}

/// What the reader has no word for: its calls and closures, and in one arm the
/// statements that the grammar still saw in it.
void Lowering::opaque(Node N, std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Opaque;
  S.Where = N.range();
  std::vector<Step> Hoisted;
  Sink To{S.Calls, S.Closures, S.Reads, S.Writes, Hoisted};
  bool IsDeclaration = N.type().ends_with("_declaration") || N.is("directive");
  if (!IsDeclaration) {
    Arm A;
    A.Where = A.Inside = N.range();
    for (const Child &C : N.children()) {
      if (C.N.is("statements"))
        for (Step &Inner : body(C.N))
          A.Steps.push_back(std::move(Inner));
      else if (C.N.isError() || C.N.type().ends_with("_statement") ||
               C.N.type().ends_with("_declaration"))
        statement(C.N, "", A.Steps);
      else if (C.N.isNamed() && !C.N.type().ends_with("_type"))
        expression(C.N, {}, To);
    }
    if (!A.Steps.empty())
      S.Arms.push_back(std::move(A));
  }
  finish(std::move(S), std::move(Hoisted), Out);
}

/// return, throw, break, continue, yield.
void Lowering::transfer(Node N, std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Exit;
  S.Where = N.range();
  std::vector<Step> Hoisted;
  Sink To{S.Calls, S.Closures, S.Reads, S.Writes, Hoisted};
  auto Children = N.children();
  llvm::StringRef Word = Source.text(Children.front().N.range());
  Node Result = Children.size() > 1 ? Children[1].N : Node();
  if (Word == "yield") {
    S.K = Step::Kind::Opaque;
    if (Result)
      expression(Result, {}, To);
    return finish(std::move(S), std::move(Hoisted), Out);
  }
  S.Exit = llvm::StringSwitch<Step::ExitKind>(Word)
               .Case("throw", Step::ExitKind::Throw)
               .Case("break", Step::ExitKind::Break)
               .Case("continue", Step::ExitKind::Continue)
               .Default(Step::ExitKind::Return);
  bool HasLabel =
      S.Exit == Step::ExitKind::Break || S.Exit == Step::ExitKind::Continue;
  if (Result && HasLabel)
    S.Label = text(Result);
  else if (Result)
    S.Result = expression(Result, {}, To).V;
  finish(std::move(S), std::move(Hoisted), Out);
}
