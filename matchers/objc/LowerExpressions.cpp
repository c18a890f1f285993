//===-- LowerExpressions.cpp - expressions become calls and values -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Lowering.h"
#include "matchers/objc/OnDemandDeclarations.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

const Expr *ringfence::objc::plain(const Expr *E) {
  while (E) {
    const Expr *Next = E->IgnoreParenCasts();
    if (const auto *O = dyn_cast<OpaqueValueExpr>(Next))
      Next = O->getSourceExpr() ? O->getSourceExpr() : Next;
    else if (const auto *P = dyn_cast<PseudoObjectExpr>(Next))
      Next = P->getSyntacticForm();
    else if (const auto *F = dyn_cast<FullExpr>(Next))
      Next = F->getSubExpr();
    else if (const auto *M = dyn_cast<MaterializeTemporaryExpr>(Next))
      Next = M->getSubExpr();
    else if (const auto *B = dyn_cast<CXXBindTemporaryExpr>(Next))
      Next = B->getSubExpr();
    if (Next == E)
      break;
    E = Next;
  }
  return E;
}

bool ringfence::objc::isPropertyAccess(const Expr *E, const Expr *&Receiver,
                                       std::string &Name,
                                       SourceLocation &NameLoc) {
  Receiver = nullptr;
  if (const auto *P = dyn_cast<ObjCPropertyRefExpr>(E)) {
    NameLoc = P->getLocation();
    if (P->isExplicitProperty()) {
      Name = P->getExplicitProperty()->getNameAsString();
    } else if (const ObjCMethodDecl *Getter = P->getImplicitPropertyGetter()) {
      Name = Getter->getSelector().getNameForSlot(0).str();
    } else if (const ObjCMethodDecl *Setter = P->getImplicitPropertySetter()) {
      Name = Setter->getSelector().getNameForSlot(0).drop_front(3).str();
      if (!Name.empty())
        Name[0] = llvm::toLower(Name[0]);
    }
    if (P->isObjectReceiver())
      Receiver = P->getBase();
    return true;
  }
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E)) {
    if (M->isImplicitAccess() || M->isArrow())
      return false;
    Receiver = M->getBase();
    Name = M->getMember().getAsString();
    NameLoc = M->getMemberLoc();
    return true;
  }
  return false;
}

std::string Lowering::text(const Expr *E) const {
  return E ? U.text(U.range(E->getSourceRange())).str() : "";
}

std::string Lowering::path(const Expr *E) const {
  E = plain(E);
  if (!E)
    return "";
  if (const auto *R = dyn_cast<DeclRefExpr>(E))
    return R->getDecl()->getNameAsString();
  if (const auto *I = dyn_cast<ObjCIvarRefExpr>(E)) {
    if (I->isFreeIvar())
      return I->getDecl()->getNameAsString();
    std::string Base = path(I->getBase());
    return Base.empty() ? "" : Base + "->" + I->getDecl()->getNameAsString();
  }
  if (isa<CXXThisExpr>(E))
    return "this";
  if (const auto *M = dyn_cast<MemberExpr>(E)) {
    if (M->isImplicitAccess())
      return M->getMemberDecl()->getNameAsString();
    std::string Base = path(M->getBase());
    return Base.empty() ? ""
                        : Base + (M->isArrow() ? "->" : ".") +
                              M->getMemberDecl()->getNameAsString();
  }
  if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E)) {
    if (M->isImplicitAccess())
      return M->getMember().getAsString();
    std::string Base = path(M->getBase());
    return Base.empty() ? ""
                        : Base + (M->isArrow() ? "->" : ".") +
                              M->getMember().getAsString();
  }
  const Expr *Base = nullptr;
  std::string Name;
  SourceLocation Loc;
  if (isPropertyAccess(E, Base, Name, Loc)) {
    std::string Prefix;
    if (Base)
      Prefix = path(Base);
    else if (const auto *P = cast<ObjCPropertyRefExpr>(E); P->isClassReceiver())
      Prefix = P->getClassReceiver()->getNameAsString();
    else
      Prefix = "super";
    return Prefix.empty() ? "" : Prefix + "." + Name;
  }
  return "";
}

std::string Lowering::className(const Expr *E) const {
  const Expr *P = plain(E);
  if (!P)
    return "";
  for (const Expr *Candidate : {E, P}) {
    QualType T = Candidate->getType();
    if (const auto *Ref = dyn_cast<ObjCPropertyRefExpr>(P)) {
      if (Ref->isExplicitProperty())
        T = Ref->getExplicitProperty()->getType();
      else if (const ObjCMethodDecl *G = Ref->getImplicitPropertyGetter())
        T = G->getReturnType();
      if (const auto *InstanceType = T->getAs<TypedefType>();
          InstanceType && Ref->isClassReceiver() &&
          T.getTypePtr() == U.Ctx.getObjCInstanceType().getTypePtr())
        return Ref->getClassReceiver()->getNameAsString();
    }
    if (T.isNull())
      continue;
    const auto *Pointer = T->getAs<ObjCObjectPointerType>();
    if (!Pointer)
      continue;
    if (const ObjCInterfaceDecl *Class = Pointer->getInterfaceDecl())
      return U.OnDemand.isAnyClass(Class) ? "" : Class->getNameAsString();
    if (Pointer->getNumProtocols() == 1)
      return Pointer->getProtocol(0)->getNameAsString();
  }
  return "";
}

Value Lowering::push(Call C, Place &P) {
  C.Conditional = P.Conditional;
  Value V;
  V.K = Value::Kind::Call;
  V.CallIndex = static_cast<int>(P.Calls.size());
  P.Calls.push_back(std::move(C));
  return V;
}

Value Lowering::value(const Expr *E, Place &P) {
  if (!E)
    return {};
  Range Where = U.range(E->getSourceRange());
  StringRef Text = U.text(Where);
  Value V = lower(plain(E), P);
  V.Where = Where;
  V.Text = Text.str();
  if (Text == "nil" || Text == "NULL" || Text == "Nil" || Text == "nullptr" ||
      Text == "NSNull.null")
    V.K = Text == "NSNull.null" ? V.K : Value::Kind::Nil;
  return V;
}

Value Lowering::children(const Stmt *S, Place &P) {
  for (const Stmt *Child : S->children()) {
    if (!Child)
      continue;
    if (const auto *E = dyn_cast<Expr>(Child))
      value(E, P);
    else
      statementExpression(Child, P);
  }
  return {};
}

/// A statement inside an expression, "({ … })": its calls count as made by
/// the expression, those behind a condition as conditional.
void Lowering::statementExpression(const Stmt *S, Place &P) {
  if (const auto *E = dyn_cast<Expr>(S)) {
    value(E, P);
    return;
  }
  if (const auto *D = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : D->decls())
      if (const auto *V = dyn_cast<VarDecl>(Each); V && V->getInit())
        value(V->getInit(), P);
    return;
  }
  bool Before = P.Conditional;
  bool First = true;
  for (const Stmt *Child : S->children()) {
    if (!Child)
      continue;
    // The first part of an if, a loop or a switch is its condition.
    if (!First && !isa<CompoundStmt>(S))
      P.Conditional = true;
    statementExpression(Child, P);
    First = false;
  }
  P.Conditional = Before;
}

Value Lowering::name(const NamedDecl *D, Place &P) {
  Value V;
  V.Name = D->getNameAsString();
  if (isa<ImplicitParamDecl>(D)) {
    V.K = Value::Kind::Member;
  } else if (isa<ParmVarDecl>(D)) {
    V.K = Value::Kind::Parameter;
  } else if (const auto *Var = dyn_cast<VarDecl>(D)) {
    if (Var->isLocalVarDecl())
      V.K = Value::Kind::Local;
    // An instance variable whose declaration stands in a header; constants
    // are of no interest to anyone.
    else if (!U.OnDemand.madeVariable(Var) || V.Name.front() == '_')
      V.K = Value::Kind::Member;
  }
  if (V.K != Value::Kind::Unknown)
    P.Reads.insert(V.Name);
  return V;
}

Value Lowering::lower(const Expr *E, Place &P) {
  if (const auto *M = dyn_cast<ObjCMessageExpr>(E))
    return message(M, P);
  if (const auto *R = dyn_cast<DeclRefExpr>(E))
    return name(R->getDecl(), P);
  if (isa<ObjCPropertyRefExpr, CXXDependentScopeMemberExpr>(E))
    return propertyRead(E, P);
  if (isa<ObjCIvarRefExpr, MemberExpr>(E)) {
    Value V;
    V.Name = path(E);
    if (V.Name.empty())
      return children(E, P);
    V.K = Value::Kind::Member;
    P.Reads.insert(V.Name);
    return V;
  }
  if (isa<CXXThisExpr>(E)) {
    Value V;
    V.K = Value::Kind::Member;
    V.Name = "this";
    return V;
  }
  if (isa<BlockExpr, LambdaExpr>(E))
    return closure(E, P);
  if (const auto *S = dyn_cast<ObjCSelectorExpr>(E)) {
    Value V;
    V.K = Value::Kind::Selector;
    V.Name = S->getSelector().getAsString();
    return V;
  }
  if (isa<ObjCStringLiteral, IntegerLiteral, FloatingLiteral, CharacterLiteral,
          ObjCBoolLiteralExpr, clang::StringLiteral, CXXBoolLiteralExpr>(E)) {
    Value V;
    V.K = Value::Kind::Literal;
    return V;
  }
  if (const auto *B = dyn_cast<ObjCBoxedExpr>(E)) {
    Value V = value(B->getSubExpr(), P);
    if (V.K != Value::Kind::Literal)
      V = Value();
    return V;
  }
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr>(E)) {
    Value V;
    V.K = Value::Kind::Nil;
    return V;
  }
  if (const auto *D = dyn_cast<ObjCDictionaryLiteral>(E)) {
    for (unsigned I = 0; I < D->getNumElements(); ++I) {
      value(D->getKeyValueElement(I).Key, P);
      value(D->getKeyValueElement(I).Value, P);
    }
    return {};
  }
  if (const auto *S = dyn_cast<ObjCSubscriptRefExpr>(E))
    return subscript(E, S->getBaseExpr(), S->getKeyExpr(), P);
  if (const auto *S = dyn_cast<ArraySubscriptExpr>(E))
    return subscript(E, S->getLHS(), S->getRHS(), P);
  if (const auto *B = dyn_cast<BinaryOperator>(E)) {
    if (B->isAssignmentOp())
      return assignment(B, P);
    value(B->getLHS(), P);
    bool Before = P.Conditional;
    P.Conditional |= B->isLogicalOp();
    Value Right = value(B->getRHS(), P);
    P.Conditional = Before;
    return B->getOpcode() == BO_Comma ? Right : Value();
  }
  if (const auto *C = dyn_cast<ConditionalOperator>(E)) {
    value(C->getCond(), P);
    bool Before = P.Conditional;
    P.Conditional = true;
    value(C->getTrueExpr(), P);
    value(C->getFalseExpr(), P);
    P.Conditional = Before;
    return {};
  }
  if (const auto *C = dyn_cast<BinaryConditionalOperator>(E)) {
    value(C->getCommon(), P);
    bool Before = P.Conditional;
    P.Conditional = true;
    value(C->getFalseExpr(), P);
    P.Conditional = Before;
    return {};
  }
  if (const auto *O = dyn_cast<UnaryOperator>(E)) {
    Value V = value(O->getSubExpr(), P);
    if (O->isIncrementDecrementOp() || O->getOpcode() == UO_AddrOf)
      if (std::string Path = path(O->getSubExpr()); !Path.empty())
        P.Writes.insert(Path);
    return O->getOpcode() == UO_Extension ? V : Value();
  }
  if (const auto *R = dyn_cast<RecoveryExpr>(E))
    return recovered(R, P);
  if (const auto *C = dyn_cast<CallExpr>(E))
    return callTo(C, P);
  if (const auto *S = dyn_cast<StmtExpr>(E)) {
    statementExpression(S->getSubStmt(), P);
    return {};
  }
  return children(E, P);
}

Value Lowering::closure(const Expr *E, Place &P) {
  Closure New;
  const Stmt *Body = nullptr;
  New.Where = U.range(E->getSourceRange());
  if (const auto *Block = dyn_cast<BlockExpr>(E)) {
    Body = Block->getBody();
    New.Parameters = parameters(U, Block->getBlockDecl()->parameters());
  } else {
    const auto *Lambda = cast<LambdaExpr>(E);
    Body = Lambda->getCompoundStmtBody();
    New.Parameters = parameters(U, Lambda->getCallOperator()->parameters());
    StringRef Captures = U.text(U.range(Lambda->getIntroducerRange()));
    if (Captures.size() > 2)
      New.CaptureList.push_back(Captures.drop_front().drop_back().str());
  }
  New.Body = braces(Body);
  New.Steps = body(Body);
  Value V;
  V.K = Value::Kind::Closure;
  V.ClosureIndex = static_cast<int>(P.Closures.size());
  P.Closures.push_back(std::move(New));
  return V;
}
