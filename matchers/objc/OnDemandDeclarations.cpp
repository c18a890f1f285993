//===-- OnDemandDeclarations.cpp - declares what no header declares -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/OnDemandDeclarations.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclContextInternals.h"
#include "clang/AST/DeclObjC.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Sema/Lookup.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace ringfence::objc;
using llvm::StringRef;

namespace {

bool isWordByte(char C) { return llvm::isAlnum(C) || C == '_'; }

/// The last word of every "@( … )" of \p Text, and its selector pieces.
void collectBoxed(StringRef Text, llvm::StringSet<> &Names) {
  for (std::size_t I = Text.find("@("); I != StringRef::npos;
       I = Text.find("@(", I + 2)) {
    int Depth = 1;
    std::size_t E = I + 2;
    while (E < Text.size() && Text[E] != ';' && Text[E] != '\n') {
      if (Text[E] == '(')
        ++Depth;
      else if (Text[E] == ')' && --Depth == 0)
        break;
      ++E;
    }
    StringRef Inside = Text.slice(I + 2, E).rtrim(" \t]");
    std::size_t B = Inside.size();
    while (B > 0 && isWordByte(Inside[B - 1]))
      --B;
    if (B < Inside.size())
      Names.insert(Inside.substr(B));
    if (Inside.starts_with("["))
      for (std::size_t C = Inside.find(':'); C != StringRef::npos;
           C = Inside.find(':', C + 1)) {
        std::size_t W = C;
        while (W > 0 && isWordByte(Inside[W - 1]))
          --W;
        Names.insert(Inside.slice(W, C));
      }
  }
}

/// Every "x" of ".x =" in \p Text.
void collectAssigned(StringRef Text, llvm::StringSet<> &Names) {
  for (std::size_t I = Text.find('.'); I != StringRef::npos;
       I = Text.find('.', I + 1)) {
    StringRef Word = Text.substr(I + 1).take_while(isWordByte);
    StringRef Rest = Text.substr(I + 1 + Word.size()).ltrim(" \t");
    if (!Word.empty() && Rest.starts_with("=") && !Rest.starts_with("=="))
      Names.insert(Word);
  }
}

bool isInitFamily(StringRef Piece) {
  Piece = Piece.ltrim('_');
  return Piece.consume_front("init") &&
         (Piece.empty() || !llvm::isLower(Piece.front()));
}

} // namespace

OnDemandDeclarations::OnDemandDeclarations(StringRef Text) : Text(Text) {
  collectBoxed(Text, Boxed);
  collectAssigned(Text, Assigned);
}

void OnDemandDeclarations::InitializeSema(Sema &S) { TheSema = &S; }

void OnDemandDeclarations::setRoot(ObjCInterfaceDecl *NSObject) {
  Root = NSObject;
  Root->setHasExternalVisibleStorage(true);
}

bool OnDemandDeclarations::madeVariable(const VarDecl *D) const {
  return Variables.lookup(D->getIdentifier()) == D ||
         Objects.lookup(D->getIdentifier()) == D;
}

void OnDemandDeclarations::complete(ObjCInterfaceDecl *Class) {
  if (Class->hasDefinition() || !Root)
    return;
  ASTContext &Ctx = TheSema->Context;
  Class->startDefinition();
  Class->setSuperClass(
      Ctx.getTrivialTypeSourceInfo(Ctx.getObjCInterfaceType(Root)));
  Class->setHasExternalVisibleStorage(true);
}

ObjCInterfaceDecl *
OnDemandDeclarations::classNamed(const IdentifierInfo *Name) {
  ObjCInterfaceDecl *&Class = Classes[Name];
  if (!Class) {
    ASTContext &Ctx = TheSema->Context;
    Class = ObjCInterfaceDecl::Create(
        Ctx, Ctx.getTranslationUnitDecl(), SourceLocation(), Name,
        /*typeParamList=*/nullptr, /*PrevDecl=*/nullptr);
    Class->setImplicit();
    complete(Class);
  }
  return Class;
}

QualType OnDemandDeclarations::anyObject() {
  ASTContext &Ctx = TheSema->Context;
  // C++ converts id to every object pointer, and only id.
  if (Ctx.getLangOpts().CPlusPlus)
    return Ctx.getObjCIdType();
  if (!Any)
    Any = classNamed(&Ctx.Idents.get("__Any"));
  return Ctx.getObjCObjectPointerType(Ctx.getObjCInterfaceType(Any));
}

NameUses &OnDemandDeclarations::usesIn(StringRef Buffer) {
  return Uses.try_emplace(Buffer.data(), Buffer).first->second;
}

bool OnDemandDeclarations::LookupUnqualified(LookupResult &R, Scope *) {
  if (!TheSema || !Root)
    return false;
  DeclarationName DeclName = R.getLookupName();
  const IdentifierInfo *Name = DeclName.getAsIdentifierInfo();
  if (!Name || Name == &TheSema->Context.Idents.get("__Any"))
    return false;
  ASTContext &Ctx = TheSema->Context;

  if (R.getLookupKind() == Sema::LookupObjCProtocolName) {
    if (R.isForRedeclaration())
      return false;
    auto *P = ObjCProtocolDecl::Create(
        Ctx, Ctx.getTranslationUnitDecl(), const_cast<IdentifierInfo *>(Name),
        SourceLocation(), SourceLocation(), nullptr);
    P->startDefinition();
    P->setImplicit();
    P->setHasExternalVisibleStorage(true);
    R.addDecl(P);
    return true;
  }
  if (R.getLookupKind() != Sema::LookupOrdinaryName)
    return false;

  const SourceManager &SM = Ctx.getSourceManager();
  auto [Id, Offset] = SM.getDecomposedSpellingLoc(R.getNameLoc());
  bool Invalid = false;
  StringRef Buffer = SM.getBufferData(Id, &Invalid);
  std::size_t End = Offset + Name->getLength();
  // A pasted or made-up name stands nowhere.
  if (Invalid || Buffer.slice(Offset, End) != Name->getName())
    return false;

  bool InBody = TheSema->CurContext->isFunctionOrMethod();
  NameKind Kind = nameKind(usesIn(Buffer), Offset, End, InBody,
                           Ctx.getLangOpts().CPlusPlus);
  if (R.isForRedeclaration() && Kind != NameKind::Class)
    return false;
  if (!InBody && Kind == NameKind::Variable && R.isForRedeclaration())
    return false;

  auto AddType = [&](QualType T) {
    R.addDecl(TypedefDecl::Create(
        Ctx, Ctx.getTranslationUnitDecl(), SourceLocation(), SourceLocation(),
        const_cast<IdentifierInfo *>(Name), Ctx.getTrivialTypeSourceInfo(T)));
    return true;
  };
  switch (Kind) {
  case NameKind::None:
    return false;
  case NameKind::Class:
    R.addDecl(classNamed(Name));
    return true;
  case NameKind::ObjectType:
    return AddType(Ctx.getObjCObjectPointerType(
        Ctx.getObjCInterfaceType(classNamed(Name))));
  case NameKind::BlockType: {
    QualType Function =
        Ctx.getLangOpts().CPlusPlus
            ? Ctx.getFunctionType(Ctx.getObjCIdType(), {},
                                  [] {
                                    FunctionProtoType::ExtProtoInfo Info;
                                    Info.Variadic = true;
                                    return Info;
                                  }())
            : Ctx.getFunctionNoProtoType(anyObject());
    return AddType(Ctx.getBlockPointerType(Function));
  }
  case NameKind::NumberType:
    return AddType(Ctx.LongTy);
  case NameKind::AnyType:
    return AddType(Ctx.DependentTy);
  case NameKind::Number: {
    // With a bound of DependentTy the layout of a struct crashes Clang.
    QualType Int = Ctx.IntTy.withConst();
    auto *V = VarDecl::Create(Ctx, Ctx.getTranslationUnitDecl(),
                              SourceLocation(), SourceLocation(), Name, Int,
                              Ctx.getTrivialTypeSourceInfo(Int), SC_Static);
    V->setInit(
        IntegerLiteral::Create(Ctx, llvm::APInt(Ctx.getIntWidth(Ctx.IntTy), 1),
                               Ctx.IntTy, SourceLocation()));
    R.addDecl(V);
    return true;
  }
  case NameKind::Variable:
  case NameKind::ObjectVariable: {
    bool IsObject = Kind == NameKind::ObjectVariable;
    QualType T = IsObject ? anyObject() : Ctx.DependentTy;
    VarDecl *&V = (IsObject ? Objects : Variables)[Name];
    if (!V) {
      V = VarDecl::Create(Ctx, Ctx.getTranslationUnitDecl(), SourceLocation(),
                          SourceLocation(), Name, T, nullptr, SC_Extern);
      V->setImplicit();
    }
    R.addDecl(V);
    return true;
  }
  }
  return false;
}

const ObjCMethodDecl *
OnDemandDeclarations::definedPrivately(const ObjCContainerDecl *In,
                                       Selector Sel, bool OfInstance) const {
  const ObjCMethodDecl *Current = TheSema->getCurMethodDecl();
  if (!Current)
    return nullptr;
  const ObjCInterfaceDecl *Class = Current->getClassInterface();
  // Every other class has a "+sharedInstance" of its own.
  if (const auto *Other = dyn_cast<ObjCInterfaceDecl>(In);
      Other && Other->getCanonicalDecl() != Class->getCanonicalDecl())
    return nullptr;
  const ObjCImplementationDecl *Impl =
      Class ? Class->getImplementation() : nullptr;
  return Impl ? Impl->getMethod(Sel, OfInstance) : nullptr;
}

bool OnDemandDeclarations::FindExternalVisibleDeclsByName(
    const DeclContext *DC, DeclarationName Name) {
  auto Decline = [&] {
    // DeclContext::lookup has put an empty entry for the name, and would never
    // ask again. Entries that hold something are what the class declares.
    if (StoredDeclsMap *Map = DC->getLookupPtr())
      if (auto It = Map->find(Name);
          It != Map->end() && It->second.getLookupResult().empty())
        Map->erase(It);
    return false;
  };
  if (!Name.isObjCZeroArgSelector() && !Name.isObjCOneArgSelector() &&
      Name.getNameKind() != DeclarationName::ObjCMultiArgSelector)
    return Decline();
  // Outside of bodies Clang compares declarations; DependentTy crashes it.
  if (!TheSema || !Root || !TheSema->CurContext->isFunctionOrMethod())
    return Decline();

  Selector Sel = Name.getObjCSelector();
  StringRef First = Sel.getNameForSlot(0);
  if (First == "dealloc" || First.empty())
    return Decline();
  auto *In = cast<ObjCContainerDecl>(const_cast<DeclContext *>(DC));
  // What NSObject declares has a type that matters.
  if (!Root->noload_lookup(Name).empty())
    return Decline();

  SetExternalVisibleDeclsForName(
      DC, Name, {makeMethod(In, Sel, true), makeMethod(In, Sel, false)});
  return true;
}

QualType OnDemandDeclarations::resultType(ObjCContainerDecl *In, Selector Sel,
                                          bool OfInstance, bool &IsOwnClass) {
  ASTContext &Ctx = TheSema->Context;
  StringRef First = Sel.getNameForSlot(0);
  bool NoArguments = Sel.isUnarySelector();
  // A method of the class itself that it does not declare.
  if (const ObjCMethodDecl *Private = definedPrivately(In, Sel, OfInstance)) {
    IsOwnClass = Private->hasRelatedResultType();
    return Private->getReturnType();
  }
  IsOwnClass = OfInstance ? isInitFamily(First)
                          : NoArguments && looksLikeSharedInstance(First);
  if (IsOwnClass && !isa<ObjCProtocolDecl>(In))
    return Ctx.getObjCInstanceType();
  IsOwnClass = false;
  if (Boxed.contains(First))
    return Ctx.LongTy;
  if (NoArguments && looksLikeFlag(First))
    return Ctx.ObjCBuiltinBoolTy;
  return anyObject();
}

ObjCMethodDecl *OnDemandDeclarations::makeMethod(ObjCContainerDecl *In,
                                                 Selector Sel,
                                                 bool OfInstance) {
  ASTContext &Ctx = TheSema->Context;
  bool IsOwnClass = false;
  QualType Result = resultType(In, Sel, OfInstance, IsOwnClass);
  unsigned Arguments = Sel.getNumArgs();
  auto *M = ObjCMethodDecl::Create(
      Ctx, SourceLocation(), SourceLocation(), Sel, Result,
      /*ReturnTInfo=*/nullptr, In, OfInstance, /*isVariadic=*/Arguments > 0,
      /*isPropertyAccessor=*/false, /*isSynthesizedAccessorStub=*/false,
      /*isImplicitlyDeclared=*/true, /*isDefined=*/false,
      ObjCImplementationControl::Optional, IsOwnClass);
  M->setImplicit();

  // A setter called by dot syntax takes what its getter returns.
  QualType ParameterType = Ctx.DependentTy;
  StringRef First = Sel.getNameForSlot(0);
  if (Arguments == 1 && First.starts_with("set") && First.size() > 3) {
    std::string Property = First.substr(3).str();
    if (Assigned.contains(Property))
      ParameterType = Ctx.getObjCIdType();
    Property[0] = llvm::toLower(Property[0]);
    if (Assigned.contains(Property))
      ParameterType = Ctx.getObjCIdType();
  }
  SmallVector<ParmVarDecl *, 4> Parameters;
  for (unsigned I = 0; I < Arguments; ++I)
    Parameters.push_back(ParmVarDecl::Create(
        Ctx, M, SourceLocation(), SourceLocation(), &Ctx.Idents.get("value"),
        ParameterType, nullptr, SC_None, nullptr));
  M->setMethodParams(Ctx, Parameters, {});
  return M;
}
