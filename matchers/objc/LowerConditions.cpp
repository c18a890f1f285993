//===-- LowerConditions.cpp - what a branch asks -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Lowering.h"
#include "matchers/objc/NameKind.h"
#include "matchers/objc/OSVersions.h"
#include "matchers/objc/OnDemandDeclarations.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;

namespace {

/// "voIP" for PKPushTypeVoIP, as Swift writes it; "" for any other text.
std::string pushTypeNamed(StringRef Text) {
  Text = Text.trim(" ()");
  if (!Text.consume_front("PKPushType") || Text.empty())
    return "";
  if (Text == "VoIP")
    return "voIP";
  std::string Name = Text.str();
  Name[0] = llvm::toLower(Name[0]);
  return llvm::all_of(Name, llvm::isAlnum) ? Name : "";
}

/// "active" for UIApplicationStateActive.
std::string appStateNamed(StringRef Text) {
  Text = Text.trim(" ()");
  if (!Text.consume_front("UIApplicationState"))
    return "";
  return Text.lower();
}

Condition negated(Condition C) {
  Condition Not;
  Not.K = Condition::Kind::Not;
  Not.Text = C.Text;
  Not.Where = C.Where;
  Not.Operands.push_back(std::move(C));
  return Not;
}

bool isTruth(StringRef Text, bool &IsTrue) {
  Text = Text.trim(" ()");
  IsTrue = Text == "YES" || Text == "true" || Text == "TRUE" || Text == "1" ||
           Text == "@YES" || Text == "@(YES)" || Text == "@1";
  return IsTrue || Text == "NO" || Text == "false" || Text == "FALSE" ||
         Text == "0" || Text == "@NO" || Text == "@(NO)" || Text == "@0";
}

bool isNil(StringRef Text) {
  Text = Text.trim(" ()");
  return Text == "nil" || Text == "NULL" || Text == "Nil" || Text == "nullptr";
}

} // namespace

Condition Lowering::condition(const Expr *E) {
  Condition C;
  C.Where = U.range(E->getSourceRange());
  C.Text = U.text(C.Where).str();
  auto As = [&](Condition Found) {
    Found.Text = C.Text;
    Found.Where = C.Where;
    for (Condition &O : Found.Operands)
      if (O.Text.empty()) {
        O.Text = C.Text;
        O.Where = C.Where;
      }
    return Found;
  };

  const Expr *P = plain(E);
  if (const auto *Not = dyn_cast<UnaryOperator>(P);
      Not && Not->getOpcode() == UO_LNot)
    return As(negated(condition(Not->getSubExpr())));
  if (const auto *B = dyn_cast<BinaryOperator>(P);
      B && B->isLogicalOp() && !versionCondition(C.Text)) {
    C.K =
        B->getOpcode() == BO_LAnd ? Condition::Kind::And : Condition::Kind::Or;
    for (const Expr *Side : {B->getLHS(), B->getRHS()}) {
      Condition O = condition(Side);
      if (O.K == C.K)
        llvm::move(O.Operands, std::back_inserter(C.Operands));
      else
        C.Operands.push_back(std::move(O));
    }
    return C;
  }
  if (auto Version = versionCondition(C.Text))
    return As(std::move(*Version));
  if (const auto *B = dyn_cast<BinaryOperator>(P)) {
    if (B->isAssignmentOp()) // if ((x = [y z]))
      return As(truth(B->getLHS()));
    return As(comparison(B));
  }
  // isEqualToString: and its like.
  if (const auto *M = dyn_cast<ObjCMessageExpr>(P);
      M && M->getNumArgs() == 1 &&
      M->getReceiverKind() == ObjCMessageExpr::Instance &&
      M->getSelector().getNameForSlot(0).starts_with("isEqual")) {
    std::string Receiver = text(M->getInstanceReceiver());
    std::string Other = text(M->getArg(0));
    std::string Type = pushTypeNamed(Receiver);
    if (Type.empty())
      Type = pushTypeNamed(Other);
    if (!Type.empty()) {
      C.K = Condition::Kind::PushType;
      C.Name = Type;
      return C;
    }
    C.K = Condition::Kind::Equal;
    C.Name = Receiver;
    return C;
  }
  return As(truth(E));
}

Condition Lowering::comparison(const BinaryOperator *E) {
  Condition C;
  std::string Left = text(E->getLHS()), Right = text(E->getRHS());
  if (E->getOpcode() != BO_EQ && E->getOpcode() != BO_NE)
    return C;
  bool Differs = E->getOpcode() == BO_NE;
  auto Result = [&](Condition Found) {
    return Differs ? negated(std::move(Found)) : Found;
  };

  for (const std::string &Side : {Left, Right}) {
    if (std::string Type = pushTypeNamed(Side); !Type.empty()) {
      C.K = Condition::Kind::PushType;
      C.Name = Type;
      return Result(C);
    }
    if (std::string State = appStateNamed(Side); !State.empty()) {
      C.K = Condition::Kind::AppState;
      C.Name = State;
      return Result(C);
    }
  }
  bool LeftNil = isNil(Left), IsTrue = false;
  if (LeftNil || isNil(Right)) {
    const Expr *Subject = LeftNil ? E->getRHS() : E->getLHS();
    C.K = Condition::Kind::NonNil;
    C.Name = path(Subject);
    C.Text = text(Subject);
    C.Where = U.range(Subject->getSourceRange());
    return Differs ? C : negated(std::move(C));
  }
  if (isTruth(Right, IsTrue) || isTruth(Left, IsTrue)) {
    const Expr *Subject = isTruth(Right, IsTrue) ? E->getLHS() : E->getRHS();
    Condition Inner = condition(Subject);
    bool IsNumber = Inner.K == Condition::Kind::Other &&
                    Right.find_first_of("01") != std::string::npos;
    if (!IsNumber)
      return IsTrue == Differs ? negated(std::move(Inner)) : Inner;
  }
  C.K = Condition::Kind::Equal;
  C.Name = Left;
  return Result(C);
}

/// What it means that the value of \p E counts as true.
Condition Lowering::truth(const Expr *E) {
  Condition C;
  C.Where = U.range(E->getSourceRange());
  C.Text = U.text(C.Where).str();
  bool IsTrue = false;
  if (isTruth(C.Text, IsTrue)) {
    C.K = Condition::Kind::Constant;
    C.Name = IsTrue ? "true" : "false";
    return C;
  }
  const Expr *P = plain(E);
  if (isa<IntegerLiteral, ObjCBoolLiteralExpr, CXXBoolLiteralExpr>(P)) {
    // A macro such as TARGET_OS_SIMULATOR.
    bool Value = false;
    if (const auto *I = dyn_cast<IntegerLiteral>(P))
      Value = I->getValue() != 0;
    else if (const auto *B = dyn_cast<ObjCBoolLiteralExpr>(P))
      Value = B->getValue();
    else
      Value = cast<CXXBoolLiteralExpr>(P)->getValue();
    C.K = Condition::Kind::Constant;
    C.Name = Value ? "true" : "false";
    return C;
  }

  std::string Path = path(P);
  StringRef Last = StringRef(Path).rsplit('.').second;
  if (Last.empty())
    Last = Path;
  if (const auto *M = dyn_cast<ObjCMessageExpr>(P);
      M && M->getSelector().isUnarySelector() &&
      M->getReceiverKind() == ObjCMessageExpr::Instance) {
    Last = M->getSelector().getNameForSlot(0);
    std::string Base = path(M->getInstanceReceiver());
    // [x boolValue] asks what x says.
    if (Last == "boolValue")
      Path = Base;
    else if (!Base.empty())
      Path = Base + "." + Last.str();
  } else if (Last == "boolValue") {
    Path.resize(Path.size() - std::min(Path.size(), sizeof(".boolValue") - 1));
  }
  if (Last == "mustReport") {
    C.K = Condition::Kind::MustReport;
    return C;
  }
  if (Path.empty() || isa<CallExpr>(P))
    return C;

  QualType T = P->getType();
  bool Known = !T.isNull() && !T->isDependentType() && !T->isPlaceholderType();
  bool IsPointer = Known && (T->isAnyPointerType() || T->isBlockPointerType());
  bool IsNumber = Known && T->isArithmeticType();
  if (const auto *Ref = dyn_cast<ObjCPropertyRefExpr>(P)) {
    QualType Stored;
    if (Ref->isExplicitProperty())
      Stored = Ref->getExplicitProperty()->getType();
    else if (const ObjCMethodDecl *G = Ref->getImplicitPropertyGetter())
      Stored = G->getReturnType();
    if (!Stored.isNull()) {
      IsPointer = Stored->isAnyPointerType() || Stored->isBlockPointerType();
      IsNumber = Stored->isArithmeticType();
      // A getter that was made up says nothing about the type.
      if (const auto *O = Stored->getAs<ObjCObjectPointerType>();
          O && U.OnDemand.isAnyClass(O->getInterfaceDecl()))
        IsPointer = false;
    }
  }
  if (const auto *M = dyn_cast<ObjCMessageExpr>(P); M && !M->getMethodDecl())
    IsPointer = IsNumber = false;
  bool IsFlag =
      IsNumber || Last == "boolValue" || (!IsPointer && looksLikeFlag(Last));
  if (Last == "count" || Last == "length") // not a boolean, and not stored
    return C;
  C.K = IsFlag ? Condition::Kind::Flag : Condition::Kind::NonNil;
  C.Name = Path;
  return C;
}
