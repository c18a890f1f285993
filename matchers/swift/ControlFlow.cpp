//===-- ControlFlow.cpp - branches, loops and do become steps with arms -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/swift/Lowering.h"

using namespace ringfence;
using namespace ringfence::swift;

/// The children between the first keyword and the first brace or "else".
static llvm::SmallVector<Child, 8> head(llvm::ArrayRef<Child> Children) {
  llvm::SmallVector<Child, 8> Result;
  for (const Child &C : Children.drop_front()) {
    if (C.N.is("{") || C.N.is("else"))
      break;
    Result.push_back(C);
  }
  return Result;
}

void Lowering::ifStatement(Node N, llvm::StringRef Label,
                           std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Branch;
  S.Branch = Step::BranchKind::If;
  S.Where = N.range();
  S.Label = Label.str();
  std::vector<Step> Hoisted;
  auto Children = N.children();
  auto Blocks = blocksOf(N);

  Arm Then;
  Then.K = Arm::Kind::Then;
  {
    Scope::Block Inner(Names);
    Sink To{Then.Calls, Then.Closures, S.Reads, S.Writes, Hoisted};
    Then.When = conditions(head(Children), Then.Declares, To);
    if (!Blocks.empty()) {
      Then.Where = Blocks.front().Where;
      Then.Inside = Blocks.front().Inside;
      Then.Steps = body(Blocks.front().Statements);
    }
  }
  S.Arms.push_back(std::move(Then));

  Node ElseIf;
  bool SawElse = false;
  for (const Child &C : Children) {
    SawElse |= C.N.is("else");
    if (SawElse && C.N.is("if_statement"))
      ElseIf = C.N;
  }
  if (ElseIf) {
    Arm Else;
    Else.K = Arm::Kind::Else;
    Else.Where = Else.Inside = ElseIf.range();
    statement(ElseIf, "", Else.Steps);
    S.Arms.push_back(std::move(Else));
  } else if (Blocks.size() > 1) {
    S.Arms.push_back(arm(Arm::Kind::Else, Blocks[1]));
  }
  S.HasElse = S.Arms.size() > 1;
  finish(std::move(S), std::move(Hoisted), Out);
}

void Lowering::guardStatement(Node N, std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Branch;
  S.Branch = Step::BranchKind::Guard;
  S.Where = N.range();
  std::vector<Step> Hoisted;
  Arm Otherwise;
  Otherwise.K = Arm::Kind::Then;
  Sink To{Otherwise.Calls, Otherwise.Closures, S.Reads, S.Writes, Hoisted};
  // Its names stay visible behind it, and are not yet known inside it; a name
  // too many there does no harm.
  Condition Holds = conditions(head(N.children()), S.Declares, To);
  Otherwise.When = asked(Condition::Kind::Not, Holds.Where);
  Otherwise.When.Operands.push_back(std::move(Holds));
  auto Blocks = blocksOf(N);
  if (!Blocks.empty()) {
    Otherwise.Where = Blocks.front().Where;
    Otherwise.Inside = Blocks.front().Inside;
    Otherwise.Steps = body(Blocks.front().Statements);
  }
  S.Arms.push_back(std::move(Otherwise));
  finish(std::move(S), std::move(Hoisted), Out);
}

void Lowering::switchStatement(Node N, llvm::StringRef Label,
                               std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Branch;
  S.Branch = Step::BranchKind::Switch;
  S.Where = N.range();
  S.Label = Label.str();
  S.HasElse = true; // by the language's rules
  std::vector<Step> Hoisted;
  Sink To{S.Calls, S.Closures, S.Reads, S.Writes, Hoisted};
  Node Subject = N.field("expr");
  Context X;
  X.Awaited = awaitsHidden(Subject.range());
  expression(Subject, X, To);
  std::string Asked = resolved(Subject);

  // "#if" between cases: the grammar has no place for it, Masking blanks it.
  for (const Child &C : N.children())
    if (C.N.is("switch_entry"))
      S.Arms.push_back(switchEntry(C.N, Asked, S, Hoisted));
    else if (C.N.isError())
      parts(C.N, {}, To);
  finish(std::move(S), std::move(Hoisted), Out);
}

Arm Lowering::switchEntry(Node Entry, llvm::StringRef Subject, Step &S,
                          std::vector<Step> &Hoisted) {
  Arm A;
  A.K = Arm::Kind::Case;
  Scope::Block Inner(Names);
  Sink To{A.Calls, A.Closures, S.Reads, S.Writes, Hoisted};

  std::vector<Condition> Any;
  auto Pattern = [&](Node P) {
    for (std::string &Name : boundNames(P, false, Source)) {
      Declaration D;
      D.Name = Name;
      D.Constant = true;
      A.Declares.push_back(std::move(D));
      Names.add({Name, false, false, "", false, "", nullptr});
    }
    Any.push_back(patternCondition(P.range(), Subject));
    Any.back().Text = text(P);
  };
  bool AfterWhere = false;
  std::uint32_t Colon = Entry.range().Begin;
  Node Statements, FallThrough;
  for (const Child &C : Entry.children()) {
    if (C.N.is("switch_pattern")) {
      Pattern(C.N);
    } else if (C.N.isError() && !Statements) {
      // Several patterns of which one has a "where".
      for (const Child &K : C.N.children())
        if (K.N.is("switch_pattern") || K.N.is("pattern"))
          Pattern(K.N);
    } else if (C.N.is("default_keyword")) {
      A.K = Arm::Kind::Default;
    } else if (C.N.is("where_keyword")) {
      AfterWhere = true;
    } else if (C.N.is(":")) {
      Colon = C.N.range().End;
      AfterWhere = false;
    } else if (C.N.is("statements")) {
      Statements = C.N;
    } else if (C.N.is("fallthrough")) {
      FallThrough = C.N;
    } else if (AfterWhere && C.N.isNamed()) {
      AfterWhere = false;
      std::vector<Condition> Both;
      Condition Where = question(C.N, {}, To);
      if (Any.empty()) {
        Any.push_back(std::move(Where));
        continue;
      }
      Condition Both2 = asked(Condition::Kind::And,
                              {Any.back().Where.Begin, Where.Where.End});
      Both2.Operands.push_back(std::move(Any.back()));
      Both2.Operands.push_back(std::move(Where));
      Any.back() = std::move(Both2);
    }
  }
  if (Any.size() == 1) {
    A.When = std::move(Any.front());
  } else if (!Any.empty()) {
    A.When = asked(Condition::Kind::Or,
                   {Any.front().Where.Begin, Any.back().Where.End});
    A.When.Operands = std::move(Any);
  }
  A.Where = {Colon, Entry.range().End};
  A.Steps = body(Statements);
  if (FallThrough) {
    A.FallsThrough = true;
    Step Exit;
    Exit.K = Step::Kind::Exit;
    Exit.Exit = Step::ExitKind::Fallthrough;
    Exit.Where = FallThrough.range();
    finish(std::move(Exit), {}, A.Steps);
  }
  if (!A.Steps.empty())
    A.Where.End = A.Steps.back().Where.End;
  A.Inside = A.Where;
  return A;
}

void Lowering::forStatement(Node N, llvm::StringRef Label,
                            std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Loop;
  S.Loop = Step::LoopKind::For;
  S.Where = N.range();
  S.Label = Label.str();
  std::vector<Step> Hoisted;
  Sink To{S.Calls, S.Closures, S.Reads, S.Writes, Hoisted};
  Context X;
  Node Where;
  for (const Child &C : N.children()) {
    X.Awaited |= C.N.is("await");
    if (C.N.is("where_clause"))
      Where = C.N;
  }
  X.Awaited |=
      awaitsHidden({N.range().Begin, N.field("collection").range().End});
  if (X.Awaited && InClosure)
    InClosure->Awaits = true;
  expression(N.field("collection"), X, To);
  if (X.Awaited) { // each round waits, even where the collection is no call
    Call Next;
    Next.K = Call::Kind::Method;
    Next.Name = "next";
    Next.NameRange = N.field("collection").range();
    Next.Receiver = text(N.field("collection"));
    add(std::move(Next), N.field("collection"), X, To, "");
  }

  Scope::Block Inner(Names);
  Arm Body;
  Body.K = Arm::Kind::Body;
  for (std::string &Name : boundNames(N.field("item"), true, Source)) {
    Names.add({Name, false, false, "", false, "", nullptr});
    Declaration D;
    D.Name = std::move(Name);
    D.Constant = true;
    Body.Declares.push_back(std::move(D));
  }
  if (Where) {
    Sink Arms{Body.Calls, Body.Closures, S.Reads, S.Writes, Hoisted};
    Body.When = question(Where.children().back().N, {}, Arms);
  }
  auto Blocks = blocksOf(N);
  if (!Blocks.empty()) {
    Body.Where = Blocks.back().Where;
    Body.Inside = Blocks.back().Inside;
    Body.Steps = body(Blocks.back().Statements);
  }
  S.Arms.push_back(std::move(Body));
  finish(std::move(S), std::move(Hoisted), Out);
}

/// while and repeat.
void Lowering::whileStatement(Node N, llvm::StringRef Label,
                              std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Loop;
  bool Repeats = N.is("repeat_while_statement");
  S.Loop = Repeats ? Step::LoopKind::RepeatWhile : Step::LoopKind::While;
  S.Where = N.range();
  S.Label = Label.str();
  std::vector<Step> Hoisted;
  Scope::Block Inner(Names);
  Arm Body;
  Body.K = Arm::Kind::Body;
  Sink To{Body.Calls, Body.Closures, S.Reads, S.Writes, Hoisted};
  auto Children = N.children();
  llvm::ArrayRef<Child> All(Children);
  if (Repeats)
    while (!All.empty() && !All.front().N.is("while"))
      All = All.drop_front();
  if (!All.empty())
    Body.When = conditions(head(All), Body.Declares, To);
  auto Blocks = blocksOf(N);
  if (!Blocks.empty()) {
    Body.Where = Blocks.front().Where;
    Body.Inside = Blocks.front().Inside;
    Body.Steps = body(Blocks.front().Statements);
  }
  S.Arms.push_back(std::move(Body));
  finish(std::move(S), std::move(Hoisted), Out);
}

void Lowering::doStatement(Node N, llvm::StringRef Label,
                           std::vector<Step> &Out) {
  Step S;
  S.K = Step::Kind::Scope;
  S.Where = N.range();
  S.Label = Label.str();
  std::vector<Step> Hoisted;
  auto Blocks = blocksOf(N);
  if (!Blocks.empty())
    S.Arms.push_back(arm(Arm::Kind::Body, Blocks.front()));
  for (const Child &C : N.children()) {
    if (!C.N.is("catch_block"))
      continue;
    S.K = Step::Kind::Try;
    Scope::Block Inner(Names);
    Arm Catch;
    Catch.K = Arm::Kind::Catch;
    Sink To{Catch.Calls, Catch.Closures, S.Reads, S.Writes, Hoisted};
    Node Pattern = C.N.child("pattern");
    std::vector<std::string> Bound;
    if (Pattern) {
      Bound = boundNames(Pattern, false, Source);
      Catch.When = asked(Condition::Kind::Other, Pattern.range());
    } else {
      Bound.push_back("error"); // implied by the language
    }
    for (std::string &Name : Bound) {
      Names.add({Name, false, false, "", false, "", nullptr});
      Declaration D;
      D.Name = std::move(Name);
      D.Constant = true;
      Catch.Declares.push_back(std::move(D));
    }
    if (Node Where = C.N.child("where_clause"))
      Catch.When = question(Where.children().back().N, {}, To);
    for (const Block &B : blocksOf(C.N)) {
      Catch.Where = B.Where;
      Catch.Inside = B.Inside;
      Catch.Steps = body(B.Statements);
    }
    S.Arms.push_back(std::move(Catch));
  }
  finish(std::move(S), std::move(Hoisted), Out);
}
