//===-- LowerCalls.cpp - messages, calls and property accesses -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Lowering.h"
#include "matchers/objc/NameKind.h"
#include "matchers/objc/OnDemandDeclarations.h"

using namespace clang;
using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

/// Fills in who \p C is sent to and lowers what makes it.
void Lowering::receiver(const Expr *E, Call &C, Place &P) {
  Value V = value(E, P);
  C.Receiver = V.Text;
  C.ReceiverType = className(E);
  C.ReceiverCall = V.CallIndex;
  C.OnSelf = V.K == Value::Kind::Member && V.Name == "self";
  const auto *Ref = dyn_cast_or_null<DeclRefExpr>(plain(E));
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  if (Var && U.OnDemand.madeVariable(Var) && looksLikeType(Var->getName())) {
    C.OnType = true; // in C++ a class may pass for a variable
    C.ReceiverType = Var->getNameAsString();
  }
  if (V.K != Value::Kind::Call && V.CallIndex < 0)
    return;
  // [[self class] f] and [self.class f] are sent to the own class.
  const Call &Maker = P.Calls[V.CallIndex];
  if (Maker.OnSelf && Maker.Name == "class")
    C.OnSelf = C.OnType = true;
}

Value Lowering::message(const ObjCMessageExpr *E, Place &P) {
  Call C;
  C.K = Call::Kind::Method;
  C.Where = U.range(E->getSourceRange());
  Selector Sel = E->getSelector();
  C.Name = Sel.getAsString();
  if (E->getNumSelectorLocs() > 0 && E->getSelectorStartLoc().isValid()) {
    C.NameRange.Begin = U.offset(E->getSelectorStartLoc());
    C.NameRange.End = C.NameRange.Begin + Sel.getNameForSlot(0).size();
  }

  switch (E->getReceiverKind()) {
  case ObjCMessageExpr::Class:
    C.OnType = true;
    C.Receiver =
        U
            .text(U.range(
                E->getClassReceiverTypeInfo()->getTypeLoc().getSourceRange()))
            .str();
    if (const ObjCInterfaceDecl *Class = E->getReceiverInterface())
      C.ReceiverType = Class->getNameAsString();
    if (C.Name == "new")
      C.K = Call::Kind::Init;
    break;
  case ObjCMessageExpr::SuperClass:
    C.OnType = true;
    [[fallthrough]];
  case ObjCMessageExpr::SuperInstance:
    C.OnSuper = true;
    C.Receiver = "super";
    break;
  case ObjCMessageExpr::Instance: {
    const Expr *Receiver = E->getInstanceReceiver();
    const auto *Alloc = dyn_cast_or_null<ObjCMessageExpr>(plain(Receiver));
    bool Allocates =
        Alloc && Alloc->getReceiverKind() == ObjCMessageExpr::Class &&
        Alloc->getSelector().getNameForSlot(0).starts_with("alloc");
    if (Allocates && StringRef(C.Name).ltrim('_').starts_with("init")) {
      C.K = Call::Kind::Init;
      C.Receiver = text(Receiver);
      C.ReceiverType = Alloc->getReceiverInterface()
                           ? Alloc->getReceiverInterface()->getNameAsString()
                           : "";
    } else {
      receiver(Receiver, C, P);
    }
    break;
  }
  }

  for (unsigned I = 0; I < E->getNumArgs(); ++I) {
    Argument A;
    if (I < Sel.getNumArgs())
      A.Label = Sel.getNameForSlot(I).str();
    A.V = value(E->getArg(I), P);
    C.Arguments.push_back(std::move(A));
  }
  return push(std::move(C), P);
}

Value Lowering::propertyRead(const Expr *E, Place &P) {
  const Expr *Base = nullptr;
  Call C;
  SourceLocation NameLoc;
  std::string Path = path(E);
  if (!isPropertyAccess(E, Base, C.Name, NameLoc)) {
    // base->member of something that is not declared.
    Value V;
    if (const auto *M = dyn_cast<CXXDependentScopeMemberExpr>(E))
      if (!M->isImplicitAccess())
        value(M->getBase(), P);
    if (!Path.empty()) {
      V.K = Value::Kind::Member;
      V.Name = Path;
      P.Reads.insert(Path);
    }
    return V;
  }
  C.K = Call::Kind::PropertyRead;
  C.Where = U.range(E->getSourceRange());
  C.NameRange.Begin = U.offset(NameLoc);
  C.NameRange.End = C.NameRange.Begin + C.Name.size();
  if (Base) {
    receiver(Base, C, P);
  } else if (const auto *Ref = cast<ObjCPropertyRefExpr>(E);
             Ref->isClassReceiver()) {
    C.OnType = true;
    C.Receiver = C.ReceiverType = Ref->getClassReceiver()->getNameAsString();
  } else {
    C.OnSuper = true;
    C.Receiver = "super";
  }
  Value V = push(std::move(C), P);
  if (!Path.empty()) {
    V.K = Value::Kind::Member;
    V.Name = Path;
    P.Reads.insert(Path);
  }
  return V;
}

Value Lowering::subscript(const Expr *E, const Expr *Base, const Expr *Key,
                          Place &P) {
  Call C;
  C.K = Call::Kind::Subscript;
  C.Where = U.range(E->getSourceRange());
  receiver(Base, C, P);
  Argument A;
  A.V = value(Key, P);
  C.Arguments.push_back(std::move(A));
  return push(std::move(C), P);
}

Value Lowering::assignment(const BinaryOperator *E, Place &P) {
  const Expr *Left = plain(E->getLHS());
  std::string Target = text(E->getLHS());
  std::string Path = path(Left);
  const Expr *Base = nullptr;
  Call Write;
  SourceLocation NameLoc;
  bool IsProperty = isPropertyAccess(Left, Base, Write.Name, NameLoc);
  std::set<std::string> ReadBefore = P.Reads;
  if (E->isCompoundAssignmentOp()) {
    value(E->getLHS(), P);
    ReadBefore = P.Reads;
  }
  if (IsProperty) {
    Write.K = Call::Kind::PropertyWrite;
    Write.Where = U.range(E->getSourceRange());
    Write.NameRange.Begin = U.offset(NameLoc);
    Write.NameRange.End = Write.NameRange.Begin + Write.Name.size();
    if (Base) {
      receiver(Base, Write, P);
    } else if (const auto *Ref = cast<ObjCPropertyRefExpr>(Left);
               Ref->isClassReceiver()) {
      Write.OnType = true;
      Write.Receiver = Write.ReceiverType =
          Ref->getClassReceiver()->getNameAsString();
    } else {
      Write.OnSuper = true;
      Write.Receiver = "super";
    }
  } else if (Path.empty()) {
    value(E->getLHS(), P);
  }
  Value V = value(E->getRHS(), P);
  if (!Path.empty())
    P.Writes.insert(Path);
  if (P.Assigns) {
    Assignment A;
    A.Target = Target;
    A.V = E->isCompoundAssignmentOp() ? Value() : V;
    if (E->isCompoundAssignmentOp())
      A.V.Text = text(E);
    A.Where = U.range(E->getSourceRange());
    P.Assigns->push_back(std::move(A));
  }
  if (IsProperty) {
    Write.Arguments.push_back({"", V});
    push(std::move(Write), P);
  }
  return V;
}

Value Lowering::callTo(const CallExpr *E, Place &P) {
  Call C;
  C.Where = U.range(E->getSourceRange());
  const Expr *Callee = plain(E->getCallee());
  std::string Path = path(Callee);
  C.NameRange = U.range(Callee->getSourceRange());
  C.Name = Path;

  const auto *Ref = dyn_cast<DeclRefExpr>(Callee);
  const auto *Var = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  bool Undeclared = Var && U.OnDemand.madeVariable(Var);
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
  if (Operator && Operator->getOperator() == OO_Call) {
    // A lambda or a function object: what follows are its arguments.
    C.K = Call::Kind::ClosureCall;
    C.NameRange = U.range(E->getArg(0)->getSourceRange());
    Value V = value(E->getArg(0), P);
    C.Name = V.Name.empty() ? V.Text : V.Name;
    C.ReceiverCall = V.CallIndex;
    if (V.K == Value::Kind::Closure)
      C.Arguments.push_back({"", V});
    for (unsigned I = 1; I < E->getNumArgs(); ++I)
      C.Arguments.push_back({"", value(E->getArg(I), P)});
    return push(std::move(C), P);
  }
  if (Operator) {
    C.K = Call::Kind::Function;
    C.Name = "operator";
    C.Name += getOperatorSpelling(Operator->getOperator());
  } else if (Ref && (!Var || (Undeclared && Path.front() != '_'))) {
    C.K = Call::Kind::Function;
    C.Name = Ref->getDecl()->getNameAsString();
  } else if (const auto *M = dyn_cast<MemberExpr>(Callee);
             M && isa<CXXMethodDecl>(M->getMemberDecl())) {
    C.K = Call::Kind::Method;
    C.Name = M->getMemberDecl()->getNameAsString();
    if (!M->isImplicitAccess())
      receiver(M->getBase(), C, P);
    else
      C.OnSelf = true;
  } else if (const auto *D = dyn_cast<CXXDependentScopeMemberExpr>(Callee);
             D && isInLanguageCxx() && !D->isImplicitAccess()) {
    C.K = Call::Kind::Method;
    C.Name = D->getMember().getAsString();
    receiver(D->getBase(), C, P);
  } else if (const auto *U = dyn_cast<OverloadExpr>(Callee)) {
    C.K = Call::Kind::Function;
    C.Name = U->getName().getAsString();
  } else if (const auto *D = dyn_cast<DependentScopeDeclRefExpr>(Callee)) {
    C.K = Call::Kind::Function;
    C.Name = D->getDeclName().getAsString();
  } else if (const auto *Named = dyn_cast<RecoveryExpr>(Callee)) {
    C.K = Call::Kind::Function;
    C.Name = text(Named);
    value(Callee, P);
  } else {
    // A block in a variable or property, or a literal that is called at once:
    // then it is the first argument.
    C.K = Call::Kind::ClosureCall;
    Value V = value(Callee, P);
    if (V.K == Value::Kind::Closure)
      C.Arguments.push_back({"", V});
    else if (C.Name.empty())
      C.Name = V.Text;
    C.ReceiverCall = V.CallIndex;
  }
  for (const Expr *A : E->arguments())
    C.Arguments.push_back({"", value(A, P)});
  return push(std::move(C), P);
}
