//===-- LowerDeclarations.cpp - functions and types of a parse -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Declarations.h"
#include "matchers/objc/Handlers.h"
#include "matchers/objc/Lowering.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclObjC.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace ringfence;
using namespace ringfence::objc;
using llvm::StringRef;
using ModelType = ringfence::Type; // clang::Type is another

namespace {

std::string typeText(const ParsedUnit &U, const TypeSourceInfo *T,
                     QualType Fallback) {
  if (T) {
    Range R = U.range(T->getTypeLoc().getSourceRange());
    if (!R.empty())
      return U.text(R).str();
  }
  return Fallback.isNull() ? "" : Fallback.getAsString();
}

class DeclarationLowering {
public:
  DeclarationLowering(const ParsedUnit &U, File &Out)
      : U(U), Out(Out), Bodies(U) {}

  void context(const DeclContext *DC) {
    for (const Decl *D : DC->decls()) {
      if (!U.inMainFile(D->getBeginLoc()) || D->isImplicit())
        continue;
      if (const auto *C = dyn_cast<ObjCContainerDecl>(D))
        container(C);
      else if (const auto *T = dyn_cast<FunctionTemplateDecl>(D))
        function(T->getTemplatedDecl());
      else if (const auto *F = dyn_cast<FunctionDecl>(D))
        function(F);
      else if (const auto *V = dyn_cast<VarDecl>(D))
        global(V);
      else if (isa<LinkageSpecDecl, NamespaceDecl, CXXRecordDecl>(D))
        context(cast<DeclContext>(D));
    }
  }

  /// Puts functions and types in source order and finds the handlers.
  void finish() {
    llvm::stable_sort(Functions, [](const Pending &A, const Pending &B) {
      return A.Fn.Where.Begin < B.Fn.Where.Begin;
    });
    for (Pending &P : Functions) {
      if (P.H) {
        P.H->FunctionIndex = Out.Functions.size();
        Out.Handlers.push_back(std::move(*P.H));
      }
      Out.Functions.push_back(std::move(P.Fn));
    }
    llvm::stable_sort(Out.Types, [](const ModelType &A, const ModelType &B) {
      return A.Where.Begin < B.Where.Begin;
    });
  }

private:
  struct Pending {
    Function Fn;
    std::optional<Handler> H;
  };
  const ParsedUnit &U;
  File &Out;
  Lowering Bodies;
  std::vector<Pending> Functions;

  /// Ranges and steps, which all kinds of functions have alike.
  void fill(Function &Fn, SourceRange R, const Stmt *Body) {
    Fn.Where = U.range(R);
    Fn.Body = U.range(Body->getSourceRange());
    Fn.Where.End = std::max(Fn.Where.End, Fn.Body.End);
    Fn.Head = {Fn.Where.Begin, std::max(Fn.Where.Begin, Fn.Body.Begin)};
    Fn.Inside = Fn.Body;
    if (U.text(Fn.Body).starts_with("{"))
      ++Fn.Inside.Begin;
    if (U.text(Fn.Inside).ends_with("}"))
      --Fn.Inside.End;
    Fn.HasErrors = llvm::any_of(U.SyntaxErrors, [&](std::uint32_t At) {
      return Fn.Where.contains(At);
    });
    Fn.Steps = Bodies.body(Body);
  }

  void method(const ObjCMethodDecl *M, const std::string &Owner) {
    if (!M->hasBody() || M->isImplicit() || !U.inMainFile(M->getBeginLoc()))
      return;
    Pending P;
    Function &Fn = P.Fn;
    Selector Sel = M->getSelector();
    Fn.K = M->getMethodFamily() == OMF_init ? Function::Kind::Init
                                            : Function::Kind::Method;
    Fn.Name = Sel.getAsString();
    Fn.ObjCName = Fn.Name;
    Fn.Owner = Owner;
    Fn.IsStatic = M->isClassMethod();
    Fn.IsObjC = true;
    Fn.Symbol = (Fn.IsStatic ? "+[" : "-[") + Owner + " " + Fn.Name + "]";
    Fn.ReturnType =
        typeText(U, M->getReturnTypeSourceInfo(), M->getReturnType());
    Fn.Parameters = Lowering::parameters(U, M->parameters());
    for (unsigned I = 0; I < Fn.Parameters.size() && I < Sel.getNumArgs(); ++I)
      Fn.Parameters[I].Label = Sel.getNameForSlot(I).str();
    fill(Fn, M->getSourceRange(), M->getBody());
    P.H = handlerOf(*M, U.Ctx);
    Functions.push_back(std::move(P));
  }

  void function(const FunctionDecl *F) {
    const auto *Method = dyn_cast<CXXMethodDecl>(F);
    if (!F->doesThisDeclarationHaveABody() || !F->getBody())
      return;
    Pending P;
    Function &Fn = P.Fn;
    Fn.K = Method ? Function::Kind::Method : Function::Kind::Function;
    if (isa<CXXConstructorDecl>(F))
      Fn.K = Function::Kind::Init;
    Fn.Name = F->getNameAsString();
    Fn.Owner = Method ? Method->getParent()->getNameAsString() : "";
    Fn.Symbol = Method ? Fn.Owner + "::" + Fn.Name : Fn.Name;
    Fn.IsStatic =
        Method ? Method->isStatic() : F->getStorageClass() == SC_Static;
    Fn.ReturnType = U.text(U.range(F->getReturnTypeSourceRange())).str();
    Fn.Parameters = Lowering::parameters(U, F->parameters());
    fill(Fn, F->getSourceRange(), F->getBody());
    Functions.push_back(std::move(P));
  }

  void global(const VarDecl *V) {
    Property P;
    P.Name = V->getNameAsString();
    P.Type = typeText(U, V->getTypeSourceInfo(), V->getType());
    P.IsConstant = V->getType().isConstQualified();
    P.IsStatic = V->getStorageClass() == SC_Static;
    P.Where = U.range(V->getSourceRange());
    if (V->getInit())
      P.Initializer = U.text(U.range(V->getInit()->getSourceRange())).str();
    Out.Globals.push_back(std::move(P));
  }

  void container(const ObjCContainerDecl *D) {
    ModelType T;
    if (const auto *Class = dyn_cast<ObjCInterfaceDecl>(D)) {
      if (!Class->isThisDeclarationADefinition())
        return;
      T.K = ModelType::Kind::Interface;
      T.Name = Class->getNameAsString();
      if (const ObjCInterfaceDecl *Super = Class->getSuperClass())
        T.Supertypes.push_back(Super->getNameAsString());
      protocols(Class->protocols(), T);
      ivars(Class->ivars(), T);
    } else if (const auto *Category = dyn_cast<ObjCCategoryDecl>(D)) {
      T.K = Category->IsClassExtension() ? ModelType::Kind::Interface
                                         : ModelType::Kind::Extension;
      if (const ObjCInterfaceDecl *Class = Category->getClassInterface())
        T.Name = Class->getNameAsString();
      protocols(Category->protocols(), T);
      ivars(Category->ivars(), T);
    } else if (const auto *Protocol = dyn_cast<ObjCProtocolDecl>(D)) {
      if (!Protocol->isThisDeclarationADefinition())
        return;
      T.K = ModelType::Kind::Protocol;
      T.Name = Protocol->getNameAsString();
      protocols(Protocol->protocols(), T);
    } else if (const auto *Impl = dyn_cast<ObjCImplDecl>(D)) {
      T.K = ModelType::Kind::Implementation;
      if (const ObjCInterfaceDecl *Class = Impl->getClassInterface())
        T.Name = Class->getNameAsString();
      if (const auto *Main = dyn_cast<ObjCImplementationDecl>(D)) {
        if (T.Name.empty())
          T.Name = Main->getNameAsString();
        ivars(Main->ivars(), T);
      }
      for (const ObjCMethodDecl *M : Impl->methods())
        method(M, T.Name);
      // C functions between the methods.
      for (const Decl *Inner : Impl->decls())
        if (const auto *F = dyn_cast<FunctionDecl>(Inner))
          function(F);
    }
    for (const ObjCPropertyDecl *P : D->properties())
      property(P, T);
    T.Where = U.range(D->getSourceRange());
    SourceRange AtEnd = D->getAtEndRange();
    if (AtEnd.isValid() && U.inMainFile(AtEnd.getBegin()))
      T.Where.End = std::max(T.Where.End, U.range(AtEnd).End);
    T.Inside = inside(T.Where);
    Out.Types.push_back(std::move(T));
  }

  template <typename Protocols> void protocols(Protocols &&All, ModelType &T) {
    for (const ObjCProtocolDecl *P : All)
      T.Supertypes.push_back(P->getNameAsString());
  }

  template <typename IVars> void ivars(IVars &&All, ModelType &T) {
    for (const ObjCIvarDecl *I : All) {
      if (I->getSynthesize() || !U.inMainFile(I->getLocation()))
        continue;
      Property P;
      P.Name = I->getNameAsString();
      P.Type = typeText(U, I->getTypeSourceInfo(), I->getType());
      P.Access = I->getAccessControl() == ObjCIvarDecl::Public ? "public" : "";
      P.IsWeak = I->getType().getObjCLifetime() == Qualifiers::OCL_Weak;
      P.Where = U.range(I->getSourceRange());
      T.Properties.push_back(std::move(P));
    }
  }

  void property(const ObjCPropertyDecl *D, ModelType &T) {
    if (!U.inMainFile(D->getLocation()))
      return;
    Property P;
    P.Name = D->getNameAsString();
    P.Type = typeText(U, D->getTypeSourceInfo(), D->getType());
    P.IsWeak = D->getPropertyAttributes() & ObjCPropertyAttribute::kind_weak;
    P.IsStatic = D->isClassProperty();
    P.Where = U.range(D->getSourceRange());
    T.Properties.push_back(std::move(P));
  }

  /// Between the head of an @interface, @implementation or @protocol (with the
  /// braces of its instance variables) and its @end.
  Range inside(Range Where) const {
    auto T = U.Layout.tokenFrom(Where.Begin), E = U.Layout.Tokens.end();
    auto Word = [&] { return T == E ? StringRef() : U.text(*T); };
    auto Skip = [&](StringRef Open, StringRef Close) {
      unsigned Depth = 0;
      while (T != E && T->Begin < Where.End) {
        if (Word() == Open)
          ++Depth;
        else if (Word() == Close && --Depth == 0) {
          ++T;
          break;
        }
        ++T;
      }
    };
    for (int I = 0; I < 3 && T != E; ++I) // '@', keyword, name
      ++T;
    std::uint32_t Begin = T == U.Layout.Tokens.begin() ? 0 : (T - 1)->End;
    // "@class A<T>;" ends before its parameters as Clang sees it.
    while (T != E && T->Begin < Where.End) {
      if (Word() == "(")
        Skip("(", ")");
      else if (Word() == "<")
        Skip("<", ">");
      else if (Word() == "{")
        Skip("{", "}");
      else if (Word() == ":") {
        ++T;
        if (T != E)
          ++T;
      } else
        break;
      Begin = (T - 1)->End;
    }
    std::uint32_t End = Where.End;
    StringRef Text = U.text(Where);
    if (Text.ends_with("end"))
      End = Where.Begin + Text.rfind('@');
    return {std::min(Begin, End), End};
  }
};

} // namespace

std::vector<Parameter>
Lowering::parameters(const ParsedUnit &U,
                     llvm::ArrayRef<ParmVarDecl *> Params) {
  std::vector<Parameter> All;
  for (const ParmVarDecl *D : Params) {
    Parameter P;
    P.Name = D->getNameAsString();
    P.Type = typeText(U, D->getTypeSourceInfo(), D->getType());
    P.IsClosure = D->getType()->isBlockPointerType();
    P.IsEscaping = P.IsClosure && !D->hasAttr<NoEscapeAttr>();
    All.push_back(std::move(P));
  }
  return All;
}

void ringfence::objc::lowerDeclarations(const ParsedUnit &U, File &Out) {
  DeclarationLowering L(U, Out);
  L.context(U.Ctx.getTranslationUnitDecl());
  L.finish();
}
