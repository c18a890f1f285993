//===-- LowerExpressions.cpp - expressions become calls and values -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Lowering.h"
#include "matchers/objc/NameKind.h"
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

/// What did not type-check. Its parts are there; of what it was, the text
/// tells enough.
Value Lowering::recovered(const RecoveryExpr *E, Place &P) {
  Call C;
  C.Where = U.range(E->getSourceRange());
  StringRef Text = U.text(C.Where);
  std::vector<Value> Parts;
  for (const Expr *Part : E->subExpressions())
    Parts.push_back(value(Part, P));

  auto IsWord = [](char Ch) { return llvm::isAlnum(Ch) || Ch == '_'; };
  StringRef Head = Text;
  while (!Head.empty() && IsWord(Head.back()))
    Head = Head.drop_back();
  StringRef Last = Text.substr(Head.size());
  if (!Last.empty() && (Head.ends_with(".") || Head.ends_with("->"))) {
    C.K = Call::Kind::PropertyRead;
    C.Name = Last.str();
    C.NameRange = {C.Where.End - static_cast<std::uint32_t>(Last.size()),
                   C.Where.End};
    if (!Parts.empty()) {
      C.Receiver = Parts.front().Text;
      C.ReceiverCall = Parts.front().CallIndex;
      C.OnSelf = Parts.front().Text == "self";
    }
    return push(std::move(C), P);
  }
  if (Text.starts_with("[") && Text.ends_with("]")) {
    // [receiver piece:argument piece:argument]
    C.K = Call::Kind::Method;
    int Depth = 0;
    std::size_t I = 1, WordEnd = 0;
    bool SeenReceiver = false;
    auto Tokens = U.Layout.tokenFrom(C.Where.Begin + 1);
    for (; Tokens != U.Layout.Tokens.end() && Tokens->End < C.Where.End;
         ++Tokens) {
      StringRef Word = U.text(*Tokens);
      if (Depth == 0 && SeenReceiver && IsWord(Word.front())) {
        auto Next = std::next(Tokens);
        bool Piece = Next != U.Layout.Tokens.end() && U.text(*Next) == ":";
        bool Unary = Next != U.Layout.Tokens.end() &&
                     Next->End == C.Where.End && C.Name.empty();
        if (Piece || Unary) {
          if (C.Name.empty())
            C.NameRange = *Tokens;
          C.Name += Word.str() + (Piece ? ":" : "");
        }
      }
      if (Word == "[" || Word == "(" || Word == "{")
        ++Depth;
      else if (Word == "]" || Word == ")" || Word == "}")
        --Depth;
      if (Depth == 0 && !SeenReceiver) {
        auto Next = std::next(Tokens);
        StringRef After =
            Next != U.Layout.Tokens.end() ? U.text(*Next) : StringRef();
        SeenReceiver = After != "." && After != "->" && After != "(" &&
                       After != "[" && Word != "." && Word != "->" &&
                       Word != "@";
        if (SeenReceiver)
          WordEnd = Tokens->End;
      }
    }
    (void)I;
    if (WordEnd)
      C.Receiver =
          U.text({C.Where.Begin + 1, static_cast<std::uint32_t>(WordEnd)})
              .str();
    C.OnSelf = C.Receiver == "self";
    C.OnSuper = C.Receiver == "super";
    for (Value &V : Parts) {
      if (V.Text == C.Receiver) {
        C.ReceiverCall = V.CallIndex;
        continue;
      }
      C.Arguments.push_back({"", std::move(V)});
    }
    if (!C.Name.empty())
      return push(std::move(C), P);
    return {};
  }
  if (Text.ends_with(")") && !Parts.empty() && !Text.starts_with("(")) {
    C.K = Parts.front().K == Value::Kind::Local ||
                  Parts.front().K == Value::Kind::Parameter ||
                  Parts.front().K == Value::Kind::Member
              ? Call::Kind::ClosureCall
              : Call::Kind::Function;
    C.Name =
        Parts.front().Name.empty() ? Parts.front().Text : Parts.front().Name;
    C.NameRange = Parts.front().Where;
    C.ReceiverCall = Parts.front().CallIndex;
    for (std::size_t I = 1; I < Parts.size(); ++I)
      C.Arguments.push_back({"", std::move(Parts[I])});
    return push(std::move(C), P);
  }
  return {};
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
