//===-- LowerStatements.cpp - statements become steps -*- C++ -*-===//
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

namespace {

/// Offset behind the ';' that follows \p Offset with nothing but blanks and
/// comments between, else \p Offset.
std::uint32_t behindSemicolon(const ParsedUnit &U, std::uint32_t Offset) {
  auto Next = U.Layout.tokenFrom(Offset);
  if (Next != U.Layout.Tokens.end() && U.text(*Next) == ";" &&
      !U.isSkipped(Next->Begin))
    return Next->End;
  return Offset;
}

/// A macro whose expansion does nothing that is known: what it does is told
/// by its name alone.
Step macroStep(const ParsedUnit &U, const MacroUse &M, Range Where) {
  Step S;
  S.Where = Where;
  S.InMacro = true;
  Call C;
  C.K = Call::Kind::Macro;
  C.Name = M.Name;
  C.Where = M.Where;
  C.NameRange = {M.Where.Begin,
                 M.Where.Begin + static_cast<std::uint32_t>(M.Name.size())};
  for (const Range &A : M.Arguments) {
    Value V;
    V.Where = A;
    V.Text = U.text(A).str();
    C.Arguments.push_back({"", std::move(V)});
  }
  S.Calls.push_back(std::move(C));
  return S;
}

} // namespace

std::vector<Step> Lowering::body(const Stmt *Body) {
  Range Where = braces(Body);
  const auto *Compound = dyn_cast_or_null<CompoundStmt>(Body);
  if (!Compound)
    return {};
  llvm::SmallVector<const Stmt *> Children(Compound->body());
  return block(Children, Where);
}

/// Range between the braces; the whole range for anything else.
Range Lowering::braces(const Stmt *S) {
  if (S && isa<CompoundStmt>(S)) {
    Range R = U.range(S->getSourceRange());
    StringRef T = U.text(R);
    if (T.size() >= 2 && T.front() == '{' && T.back() == '}')
      return {R.Begin + 1, R.End - 1};
    return R;
  }
  return S ? U.range(S->getSourceRange()) : Range();
}

Range Lowering::where(const Stmt *S, Range Parent, bool Semicolon,
                      bool *InMacro) {
  SourceRange R = S->getSourceRange();
  Range Written = U.range(R);
  Range Whole = U.expansion(R);
  bool FromMacro = R.getBegin().isMacroID() && Parent.contains(Whole);
  // A statement that merely begins with a macro (a constant, a singleton) is
  // as good as any other.
  if (FromMacro) {
    const MacroUse *M = U.macroAt(Whole.Begin);
    FromMacro = M && M->Where.End >= Whole.End;
  }
  if (InMacro)
    *InMacro = FromMacro;
  Range Result = FromMacro || Written.empty() ? Whole : Written;
  if (Semicolon)
    Result.End = behindSemicolon(U, Result.End);
  return Result;
}

std::vector<Step> Lowering::block(llvm::ArrayRef<const Stmt *> Statements,
                                  Range Inside) {
  std::vector<Step> Steps;
  std::uint32_t Reached = Inside.Begin;
  for (const Stmt *S : Statements) {
    if (isa<NullStmt>(S))
      continue;
    std::size_t Before = Steps.size();
    std::vector<Step> Own;
    statement(S, Inside, Own);
    if (Own.empty())
      continue;
    // Statements of one macro all stand at its use.
    if (Before && Own.front().Where == Steps.back().Where)
      Steps.back().InMacro = Own.front().InMacro = true;
    else
      gap(Reached, Own.front().Where.Begin, Steps);
    Reached = std::max(Reached, Own.back().Where.End);
    Steps.insert(Steps.end(), std::make_move_iterator(Own.begin()),
                 std::make_move_iterator(Own.end()));
  }
  gap(Reached, Inside.End, Steps);
  for (Step &S : Steps)
    S.WithComments = U.Layout.withComments(S.Where, U.Source.bytes());
  return Steps;
}

/// What stands between two statements and became none: a macro that expands
/// to nothing, or something that Clang could not parse.
void Lowering::gap(std::uint32_t From, std::uint32_t To,
                   std::vector<Step> &Out) {
  Range R{0, 0};
  unsigned Open = 0;
  auto Flush = [&] {
    if (R.empty())
      return;
    Step S;
    S.K = Step::Kind::Opaque;
    S.Where = R;
    if (const MacroUse *M = U.macroAt(R.Begin))
      S = macroStep(U, *M, R);
    else
      S.Calls = callsInText(U, R);
    Out.push_back(std::move(S));
    R = {0, 0};
  };
  for (auto T = U.Layout.tokenFrom(From), E = U.Layout.Tokens.end();
       T != E && T->End <= To; ++T) {
    if (U.isSkipped(T->Begin))
      continue;
    StringRef Word = U.text(*T);
    if (R.empty() && (Word == ";" || Word == "}"))
      continue;
    if (R.empty())
      R.Begin = T->Begin;
    R.End = T->End;
    if (Word == "{" || Word == "(" || Word == "[")
      ++Open;
    else if (Open && (Word == "}" || Word == ")" || Word == "]"))
      --Open;
    const MacroUse *M = U.macroAt(R.Begin);
    bool MacroEnds = M && M->Where.End == R.End;
    if (!Open && (Word == ";" || MacroEnds)) {
      if (MacroEnds)
        R.End = std::min(To, behindSemicolon(U, R.End));
      Flush();
      if (MacroEnds && behindSemicolon(U, R.End) != R.End)
        continue;
    }
  }
  Flush();
}

void Lowering::keep(Step &S, const Place &P) {
  auto Merge = [](std::vector<std::string> &To,
                  const std::set<std::string> &From) {
    std::set<std::string> All(To.begin(), To.end());
    All.insert(From.begin(), From.end());
    To.assign(All.begin(), All.end());
  };
  Merge(S.Reads, P.Reads);
  Merge(S.Writes, P.Writes);
}

void Lowering::expression(const Expr *E, Step &S) {
  Place P{S.Calls, S.Closures, &S.Assigns, {}, {}};
  value(E, P);
  keep(S, P);
}

Step Lowering::exitStep(Step::ExitKind K, const Expr *Result) {
  Step S;
  S.K = Step::Kind::Exit;
  S.Exit = K;
  if (Result) {
    Place P{S.Calls, S.Closures, &S.Assigns, {}, {}};
    S.Result = value(Result, P);
    keep(S, P);
  }
  return S;
}

void Lowering::statement(const Stmt *S, Range Parent, std::vector<Step> &Out) {
  bool InMacro = false;
  Range Here = where(S, Parent, false, &InMacro);
  Range WithSemicolon = where(S, Parent, true);
  auto Add = [&](Step New, Range Where) {
    New.Where = Where;
    New.InMacro |= InMacro;
    const MacroUse *M = InMacro ? U.macroAt(Where.Begin) : nullptr;
    if (M && New.K == Step::Kind::Do && New.Calls.empty())
      New = macroStep(U, *M, Where);
    Out.push_back(std::move(New));
  };

  if (const auto *L = dyn_cast<LabelStmt>(S)) {
    std::vector<Step> Inner;
    statement(L->getSubStmt(), Parent, Inner);
    if (Inner.empty()) {
      Step Empty;
      Empty.K = Step::Kind::Scope;
      Empty.Where = Here;
      Inner.push_back(std::move(Empty));
    }
    Inner.front().Label = L->getName();
    Inner.front().Where.Begin = std::min(Here.Begin, Inner.front().Where.Begin);
    llvm::move(Inner, std::back_inserter(Out));
    return;
  }
  if (const auto *A = dyn_cast<AttributedStmt>(S))
    return statement(A->getSubStmt(), Parent, Out);
  if (const auto *E = dyn_cast<Expr>(S)) {
    Step New;
    expression(E, New);
    return Add(std::move(New), WithSemicolon);
  }
  if (const auto *D = dyn_cast<DeclStmt>(S))
    return Add(declaration(D, Parent), WithSemicolon);
  if (const auto *If = dyn_cast<IfStmt>(S)) {
    Step New = branch(If, Parent);
    Range Where = New.Where;
    return Add(std::move(New), Where);
  }
  if (const auto *Switch = dyn_cast<SwitchStmt>(S))
    return Add(switchStep(Switch, Parent), Here);
  if (isa<WhileStmt, ForStmt, ObjCForCollectionStmt, CXXForRangeStmt>(S)) {
    Step New = loop(S, Parent);
    Range Where{Here.Begin, std::max(Here.End, New.Arms.front().Where.End)};
    return Add(std::move(New), Where);
  }
  if (isa<DoStmt>(S))
    return Add(loop(S, Parent), WithSemicolon);
  if (const auto *Return = dyn_cast<ReturnStmt>(S))
    return Add(exitStep(Step::ExitKind::Return, Return->getRetValue()),
               WithSemicolon);
  if (const auto *Throw = dyn_cast<ObjCAtThrowStmt>(S))
    return Add(exitStep(Step::ExitKind::Throw, Throw->getThrowExpr()),
               WithSemicolon);
  if (isa<BreakStmt>(S))
    return Add(exitStep(Step::ExitKind::Break, nullptr), WithSemicolon);
  if (isa<ContinueStmt>(S))
    return Add(exitStep(Step::ExitKind::Continue, nullptr), WithSemicolon);
  if (const auto *Goto = dyn_cast<GotoStmt>(S)) {
    Step New = exitStep(Step::ExitKind::Goto, nullptr);
    New.Label = Goto->getLabel()->getName().str();
    return Add(std::move(New), WithSemicolon);
  }
  if (const auto *Try = dyn_cast<ObjCAtTryStmt>(S))
    return Add(tryStep(Try, Parent), Here);
  if (const auto *Try = dyn_cast<CXXTryStmt>(S))
    return Add(tryStep(Try, Parent), Here);

  const Stmt *Inner = nullptr;
  Step Scope;
  Scope.K = Step::Kind::Scope;
  if (isa<CompoundStmt>(S)) {
    Inner = S;
  } else if (const auto *Pool = dyn_cast<ObjCAutoreleasePoolStmt>(S)) {
    // "@weakify(self)": the pool is only there to carry the at sign.
    if (const MacroUse *M = U.macroAt(Here.Begin + 1))
      if (M->Name != "autoreleasepool")
        return Out.push_back(macroStep(U, *M, WithSemicolon));
    Inner = Pool->getSubStmt();
  } else if (const auto *Lock = dyn_cast<ObjCAtSynchronizedStmt>(S)) {
    expression(Lock->getSynchExpr(), Scope);
    Inner = Lock->getSynchBody();
  }
  if (Inner) {
    Scope.Arms.push_back(arm(Inner, Arm::Kind::Body, Parent));
    return Add(std::move(Scope), Here);
  }

  // Case labels outside of a switch, assembly, OpenMP: kept as they are.
  Step Opaque;
  Opaque.K = Step::Kind::Opaque;
  Place P{Opaque.Calls, Opaque.Closures, &Opaque.Assigns, {}, {}};
  statementExpression(S, P);
  keep(Opaque, P);
  Add(std::move(Opaque), WithSemicolon);
}

Step Lowering::declaration(const DeclStmt *S, Range Parent) {
  Step New;
  New.K = Step::Kind::Declare;
  Place P{New.Calls, New.Closures, &New.Assigns, {}, {}};
  const VarDecl *First = nullptr;
  for (const Decl *D : S->decls()) {
    const auto *V = dyn_cast<VarDecl>(D);
    if (!V)
      continue;
    if (!First)
      First = V;
    New.Declares.push_back(declared(V, First, P));
  }
  keep(New, P);
  return New;
}
