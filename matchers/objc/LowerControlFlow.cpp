//===-- LowerControlFlow.cpp - branches, loops and what is tried -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Lowering.h"

using namespace clang;
using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

/// No statement behind \p Steps is reached from them.
static bool leaves(const std::vector<Step> &Steps) {
  if (Steps.empty())
    return false;
  const Step &Last = Steps.back();
  switch (Last.K) {
  case Step::Kind::Exit:
    return true;
  case Step::Kind::Scope:
  case Step::Kind::Branch:
    if (Last.K == Step::Kind::Branch && !Last.HasElse)
      return false;
    return llvm::all_of(Last.Arms,
                        [](const Arm &A) { return leaves(A.Steps); });
  default:
    return false;
  }
}

Arm Lowering::arm(const Stmt *S, Arm::Kind K, Range Parent) {
  Arm A;
  A.K = K;
  if (!S)
    return A;
  if (const auto *Compound = dyn_cast<CompoundStmt>(S)) {
    A.Where = where(S, Parent, false);
    A.Inside = braces(S);
    llvm::SmallVector<const Stmt *> Children(Compound->body());
    A.Steps = block(Children, A.Inside);
    return A;
  }
  if (isa<NullStmt>(S)) {
    A.Where = A.Inside = U.range(S->getSourceRange());
    return A;
  }
  statement(S, Parent, A.Steps);
  for (Step &Only : A.Steps)
    Only.WithComments = U.Layout.withComments(Only.Where, U.Source.bytes());
  if (!A.Steps.empty())
    A.Where =
        A.Inside = {A.Steps.front().Where.Begin, A.Steps.back().Where.End};
  return A;
}

Step Lowering::branch(const IfStmt *S, Range Parent) {
  Step New;
  New.K = Step::Kind::Branch;
  New.Branch = Step::BranchKind::If;
  if (const auto *Init = dyn_cast_or_null<DeclStmt>(S->getInit())) {
    Step Declares = declaration(Init, Parent);
    New.Calls = std::move(Declares.Calls);
    New.Closures = std::move(Declares.Closures);
    New.Declares = std::move(Declares.Declares);
  }
  Arm Then = arm(S->getThen(), Arm::Kind::Then, Parent);
  Place P{Then.Calls, Then.Closures, &New.Assigns, {}, {}};
  if (const DeclStmt *Binding = S->getConditionVariableDeclStmt()) {
    for (const Decl *D : Binding->decls())
      if (const auto *V = dyn_cast<VarDecl>(D))
        Then.Declares.push_back(declared(V, V, P));
  } else if (S->getCond()) {
    value(S->getCond(), P);
  }
  if (S->getCond())
    Then.When = condition(S->getCond());
  keep(New, P);
  std::uint32_t End = Then.Where.End;
  New.Arms.push_back(std::move(Then));
  if (const Stmt *Else = S->getElse()) {
    Arm Other = arm(Else, Arm::Kind::Else, Parent);
    End = std::max(End, Other.Where.End);
    New.HasElse = true;
    New.Arms.push_back(std::move(Other));
  }
  Range Here = where(S, Parent, false);
  New.Where = {Here.Begin, std::max(Here.End, End)};
  return New;
}

std::vector<Arm> Lowering::cases(const SwitchStmt *S, Range Body) {
  std::vector<Arm> Arms;
  std::vector<std::vector<const Stmt *>> Statements;
  std::string Subject = S->getCond() ? text(S->getCond()) : "";
  auto Label = [&](const SwitchCase *C) {
    Condition When;
    When.Where = U.range(C->getSourceRange());
    if (const auto *Case = dyn_cast<CaseStmt>(C)) {
      When.K = Condition::Kind::Equal;
      When.Name = Subject;
      When.Where = U.range(Case->getLHS()->getSourceRange());
      When.Text = text(Case->getLHS());
      if (Case->getRHS())
        When.Text += " ... " + text(Case->getRHS());
    }
    return When;
  };
  const auto *Compound = dyn_cast_or_null<CompoundStmt>(S->getBody());
  if (!Compound)
    return Arms;
  for (const Stmt *Child : Compound->body()) {
    const auto *Case = dyn_cast<SwitchCase>(Child);
    if (!Case) {
      if (!Statements.empty())
        Statements.back().push_back(Child);
      continue;
    }
    Arm A;
    A.K = Arm::Kind::Case;
    A.Where.Begin = U.offset(Case->getKeywordLoc());
    std::vector<Condition> Labels;
    const Stmt *Sub = Case;
    while (const auto *C = dyn_cast<SwitchCase>(Sub)) {
      if (isa<DefaultStmt>(C))
        A.K = Arm::Kind::Default;
      else
        Labels.push_back(Label(C));
      A.Inside.Begin = U.offset(C->getColonLoc()) + 1;
      Sub = C->getSubStmt();
    }
    if (A.K == Arm::Kind::Case && Labels.size() == 1) {
      A.When = std::move(Labels.front());
    } else if (A.K == Arm::Kind::Case) {
      A.When.K = Condition::Kind::Or;
      A.When.Where = {Labels.front().Where.Begin, Labels.back().Where.End};
      A.When.Text = U.text(A.When.Where).str();
      A.When.Operands = std::move(Labels);
    }
    Arms.push_back(std::move(A));
    Statements.push_back({Sub});
  }
  for (std::size_t I = 0; I < Arms.size(); ++I) {
    Arm &A = Arms[I];
    bool IsLast = I + 1 == Arms.size();
    A.Where.End = A.Inside.End = IsLast ? Body.End : Arms[I + 1].Where.Begin;
    A.Steps = block(Statements[I], A.Inside);
    // The next case's indentation and comments are not this arm's.
    if (!A.Steps.empty() && !IsLast)
      A.Where.End = A.Inside.End = A.Steps.back().WithComments.End;
    A.FallsThrough = !IsLast && !leaves(A.Steps);
  }
  return Arms;
}

Step Lowering::switchStep(const SwitchStmt *S, Range Parent) {
  Step New;
  New.K = Step::Kind::Branch;
  New.Branch = Step::BranchKind::Switch;
  if (S->getCond())
    expression(S->getCond(), New);
  New.Arms = cases(S, braces(S->getBody()));
  New.HasElse = llvm::any_of(
      New.Arms, [](const Arm &A) { return A.K == Arm::Kind::Default; });
  return New;
}

Step Lowering::loop(const Stmt *S, Range Parent) {
  Step New;
  New.K = Step::Kind::Loop;
  auto Body = [&](const Stmt *Statements, const Expr *Cond) {
    Arm A = arm(Statements, Arm::Kind::Body, Parent);
    if (Cond) {
      Place P{A.Calls, A.Closures, &New.Assigns, {}, {}};
      value(Cond, P);
      A.When = condition(Cond);
      keep(New, P);
    }
    return A;
  };
  if (const auto *While = dyn_cast<WhileStmt>(S)) {
    New.Loop = Step::LoopKind::While;
    New.Arms.push_back(Body(While->getBody(), While->getCond()));
  } else if (const auto *Do = dyn_cast<DoStmt>(S)) {
    New.Loop = Step::LoopKind::RepeatWhile;
    New.Arms.push_back(Body(Do->getBody(), Do->getCond()));
  } else if (const auto *For = dyn_cast<ForStmt>(S)) {
    New.Loop = Step::LoopKind::For;
    if (const auto *Init = dyn_cast_or_null<DeclStmt>(For->getInit())) {
      Step Declares = declaration(Init, Parent);
      New.Calls = std::move(Declares.Calls);
      New.Closures = std::move(Declares.Closures);
      New.Declares = std::move(Declares.Declares);
      New.Reads = std::move(Declares.Reads);
    } else if (const auto *Init = dyn_cast_or_null<Expr>(For->getInit())) {
      expression(Init, New);
    }
    New.Arms.push_back(Body(For->getBody(), For->getCond()));
    if (For->getInc()) {
      Arm &A = New.Arms.front();
      Place P{A.Calls, A.Closures, &New.Assigns, {}, {}};
      P.Conditional = true; // not before the first round
      value(For->getInc(), P);
      keep(New, P);
    }
  } else if (const auto *Each = dyn_cast<ObjCForCollectionStmt>(S)) {
    New.Loop = Step::LoopKind::For;
    if (Each->getCollection())
      expression(Each->getCollection(), New);
    Arm A = arm(Each->getBody(), Arm::Kind::Body, Parent);
    if (const auto *Element = dyn_cast_or_null<DeclStmt>(Each->getElement())) {
      Place P{A.Calls, A.Closures, nullptr, {}, {}};
      for (const Decl *D : Element->decls())
        if (const auto *V = dyn_cast<VarDecl>(D))
          A.Declares.push_back(declared(V, V, P));
    }
    New.Arms.push_back(std::move(A));
  } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(S)) {
    New.Loop = Step::LoopKind::For;
    if (Range->getRangeInit())
      expression(Range->getRangeInit(), New);
    Arm A = arm(Range->getBody(), Arm::Kind::Body, Parent);
    if (const VarDecl *V = Range->getLoopVariable()) {
      Declaration D;
      D.Name = V->getNameAsString();
      A.Declares.push_back(std::move(D));
    }
    New.Arms.push_back(std::move(A));
  }
  return New;
}

Step Lowering::tryStep(const ObjCAtTryStmt *S, Range Parent) {
  Step New;
  New.K = Step::Kind::Try;
  New.Arms.push_back(arm(S->getTryBody(), Arm::Kind::Body, Parent));
  for (const ObjCAtCatchStmt *Catch : S->catch_stmts()) {
    Arm A = arm(Catch->getCatchBody(), Arm::Kind::Catch, Parent);
    if (const VarDecl *V = Catch->getCatchParamDecl()) {
      Declaration D;
      D.Name = V->getNameAsString();
      D.Type = V->getType().getAsString();
      A.Declares.push_back(std::move(D));
    }
    New.Arms.push_back(std::move(A));
  }
  if (const ObjCAtFinallyStmt *Finally = S->getFinallyStmt())
    New.Arms.push_back(
        arm(Finally->getFinallyBody(), Arm::Kind::Finally, Parent));
  return New;
}

Step Lowering::tryStep(const CXXTryStmt *S, Range Parent) {
  Step New;
  New.K = Step::Kind::Try;
  New.Arms.push_back(arm(S->getTryBlock(), Arm::Kind::Body, Parent));
  for (unsigned I = 0; I < S->getNumHandlers(); ++I)
    New.Arms.push_back(
        arm(S->getHandler(I)->getHandlerBlock(), Arm::Kind::Catch, Parent));
  return New;
}

Declaration Lowering::declared(const VarDecl *D, const VarDecl *First,
                               Place &P) {
  Declaration New;
  New.Name = D->getNameAsString();
  Range Whole = U.range(D->getSourceRange());
  std::uint32_t NameAt = U.offset(D->getLocation());
  StringRef Before;
  if (D == First && Whole.contains(NameAt))
    Before = U.text({Whole.Begin, NameAt}).trim();
  bool IsDeclarator = Before.contains('(') && !Before.contains("typeof");
  New.Type = Before.empty() || IsDeclarator
                 ? D->getType().getAsString(U.Ctx.getPrintingPolicy())
                 : Before.str();
  New.Constant = D->getType().isConstQualified();
  if (const Expr *Init = D->getInit())
    New.Init = value(Init, P);
  return New;
}
