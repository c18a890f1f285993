//===-- OnDemandDeclarations.h - declares what no header declares -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_ONDEMANDDECLARATIONS_H
#define RINGFENCE_MATCHERS_OBJC_ONDEMANDDECLARATIONS_H

#include "matchers/objc/NameKind.h"
#include "clang/Sema/ExternalSemaSource.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringSet.h"
#include <map>

namespace clang {
class IdentifierInfo;
class ObjCContainerDecl;
class ObjCInterfaceDecl;
class ObjCMethodDecl;
class Sema;
class TypedefDecl;
class VarDecl;
} // namespace clang

namespace ringfence::objc {

/// Answers Clang's questions about names that no header declares, so that a
/// source parses without an SDK: classes, protocols, types and variables by
/// the text around each use, and methods for whatever selector is sent.
///
/// Variables have ASTContext::DependentTy, with which every operator, call and
/// member access survives. It may not stand where Clang asks for a layout or
/// compares methods: types used outside of bodies are pointers to classes.
class OnDemandDeclarations : public clang::ExternalSemaSource {
public:
  /// \p Text is the source's text; it has to outlive the parse.
  explicit OnDemandDeclarations(llvm::StringRef Text);

  void InitializeSema(clang::Sema &S) override;
  void ForgetSema() override { TheSema = nullptr; }

  bool LookupUnqualified(clang::LookupResult &R, clang::Scope *S) override;
  bool FindExternalVisibleDeclsByName(const clang::DeclContext *DC,
                                      clang::DeclarationName Name) override;

  /// Makes a class that was only named by \@class complete, with NSObject as
  /// its superclass, and lets it take any selector.
  void complete(clang::ObjCInterfaceDecl *Class);
  /// Tells which class is NSObject: it is asked for methods last of all.
  void setRoot(clang::ObjCInterfaceDecl *NSObject);

  /// \p D was made here.
  bool madeVariable(const clang::VarDecl *D) const;
  /// The class that methods made here return: its type says nothing.
  bool isAnyClass(const clang::ObjCInterfaceDecl *D) const { return D == Any; }

private:
  clang::ObjCInterfaceDecl *classNamed(const clang::IdentifierInfo *Name);
  clang::ObjCMethodDecl *makeMethod(clang::ObjCContainerDecl *In,
                                    clang::Selector Sel, bool OfInstance);
  clang::QualType resultType(clang::ObjCContainerDecl *In, clang::Selector Sel,
                             bool OfInstance, bool &IsOwnClass);
  clang::QualType anyObject();
  /// The method of the current @implementation, declared or not.
  const clang::ObjCMethodDecl *
  definedPrivately(const clang::ObjCContainerDecl *In, clang::Selector Sel,
                   bool OfInstance) const;

  NameUses &usesIn(llvm::StringRef Buffer);

  llvm::StringRef Text;
  /// By where the text begins: the source, and headers of ours.
  std::map<const char *, NameUses> Uses;
  clang::Sema *TheSema = nullptr;
  clang::ObjCInterfaceDecl *Root = nullptr;
  clang::ObjCInterfaceDecl *Any = nullptr;
  llvm::DenseMap<const clang::IdentifierInfo *, clang::ObjCInterfaceDecl *>
      Classes;
  llvm::DenseMap<const clang::IdentifierInfo *, clang::VarDecl *> Variables;
  llvm::DenseMap<const clang::IdentifierInfo *, clang::VarDecl *> Objects;
  /// Names that are boxed, as in @(call.duration), and the selector pieces in
  /// @([x count:y]): those have to be numbers.
  llvm::StringSet<> Boxed;
  /// Names that are assigned to behind a dot.
  llvm::StringSet<> Assigned;
};

} // namespace ringfence::objc

#endif
