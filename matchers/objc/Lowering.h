//===-- Lowering.h - Clang's statements and expressions become steps -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_LOWERING_H
#define RINGFENCE_MATCHERS_OBJC_LOWERING_H

#include "matchers/model/Step.h"
#include "matchers/objc/Parse.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprObjC.h"
#include "clang/AST/StmtCXX.h"
#include "clang/AST/StmtObjC.h"
#include <optional>
#include <set>

namespace ringfence::objc {

/// Where the calls of an expression go: a step's or an arm's.
struct Place {
  std::vector<Call> &Calls;
  std::vector<Closure> &Closures;
  std::vector<Assignment> *Assigns = nullptr;
  std::set<std::string> Reads, Writes;
  bool Conditional = false; ///< behind a short circuit
};

/// Lowers bodies of functions. Made once for each parse.
class Lowering {
public:
  explicit Lowering(const ParsedUnit &U) : U(U) {}

  /// Steps of a function's or closure's body.
  std::vector<Step> body(const clang::Stmt *Body);
  static std::vector<Parameter>
  parameters(const ParsedUnit &U, llvm::ArrayRef<clang::ParmVarDecl *> Params);

  // LowerConditions.cpp
  Condition condition(const clang::Expr *E);

private:
  const ParsedUnit &U;

  // LowerStatements.cpp
  void statement(const clang::Stmt *S, Range Parent, std::vector<Step> &Out);
  std::vector<Step> block(llvm::ArrayRef<const clang::Stmt *> Statements,
                          Range Inside);
  void gap(std::uint32_t From, std::uint32_t To, std::vector<Step> &Out);
  Step declaration(const clang::DeclStmt *S, Range Parent);
  Step exitStep(Step::ExitKind K, const clang::Expr *Result);
  void expression(const clang::Expr *E, Step &S);
  void keep(Step &S, const Place &P);
  Range where(const clang::Stmt *S, Range Parent, bool Semicolon,
              bool *InMacro = nullptr);
  Range braces(const clang::Stmt *Compound);
  Declaration declared(const clang::VarDecl *D, const clang::VarDecl *First,
                       Place &P);

  // LowerControlFlow.cpp
  Arm arm(const clang::Stmt *S, Arm::Kind K, Range Parent);
  Step branch(const clang::IfStmt *S, Range Parent);
  Step switchStep(const clang::SwitchStmt *S, Range Parent);
  std::vector<Arm> cases(const clang::SwitchStmt *S, Range Body);
  Step loop(const clang::Stmt *S, Range Parent);
  Step tryStep(const clang::ObjCAtTryStmt *S, Range Parent);
  Step tryStep(const clang::CXXTryStmt *S, Range Parent);

  // LowerExpressions.cpp
  Value value(const clang::Expr *E, Place &P);
  Value lower(const clang::Expr *E, Place &P);
  Value name(const clang::NamedDecl *D, Place &P);
  Value closure(const clang::Expr *E, Place &P);
  void statementExpression(const clang::Stmt *S, Place &P);
  Value push(Call C, Place &P);
  Value children(const clang::Stmt *E, Place &P);

  // LowerCalls.cpp
  Value message(const clang::ObjCMessageExpr *E, Place &P);
  Value callTo(const clang::CallExpr *E, Place &P);
  Value propertyRead(const clang::Expr *E, Place &P);
  Value assignment(const clang::BinaryOperator *E, Place &P);
  Value subscript(const clang::Expr *E, const clang::Expr *Base,
                  const clang::Expr *Key, Place &P);
  void receiver(const clang::Expr *E, Call &C, Place &P);

  // LowerRecovered.cpp
  Value recovered(const clang::RecoveryExpr *E, Place &P);

  // LowerConditions.cpp
  Condition comparison(const clang::BinaryOperator *E);
  Condition truth(const clang::Expr *E);

  std::string text(const clang::Expr *E) const;
  /// "self.provider", "payload.type", "busy": empty if \p E is no such path.
  std::string path(const clang::Expr *E) const;
  /// Class of \p E's value, "" if it is not known.
  std::string className(const clang::Expr *E) const;
  bool isInLanguageCxx() const { return U.Ctx.getLangOpts().CPlusPlus; }
};

/// \p E without parentheses, casts and Clang's own wrappers; of a property
/// access the form that was written.
const clang::Expr *plain(const clang::Expr *E);

/// If \p E reads a property by dot syntax, sets its receiver (null for super
/// and class receivers) and name.
bool isPropertyAccess(const clang::Expr *E, const clang::Expr *&Receiver,
                      std::string &Name, clang::SourceLocation &NameLoc);

} // namespace ringfence::objc

#endif
