//===-- Handlers.cpp - finds PushKit's delegate methods -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "matchers/objc/Handlers.h"
#include "clang/AST/DeclObjC.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/ASTMatchers/ASTMatchers.h"

using namespace clang::ast_matchers;
using namespace ringfence;

namespace {

/// A delegate method and what its parameters are for, piece by piece.
struct Entry {
  const char *Selector;
  Signature S;
  std::string Handler::*Roles[4];
};

// developer.apple.com/documentation/pushkit/pkpushregistrydelegate; the last
// one is the Sinch SDK's, which hands on PushKit's call before it returns.
const Entry Entries[] = {
    {"pushRegistry:didReceiveIncomingPushWithPayload:forType:"
     "withCompletionHandler:",
     Signature::Completion,
     {&Handler::Registry, &Handler::Payload, &Handler::PushType,
      &Handler::Completion}},
    {"pushRegistry:didReceiveIncomingPushWithPayload:forType:",
     Signature::NoCompletion,
     {&Handler::Registry, &Handler::Payload, &Handler::PushType, nullptr}},
    {"pushRegistry:didReceiveIncomingVoIPPushWithPayload:metadata:"
     "withCompletionHandler:",
     Signature::Metadata,
     {&Handler::Registry, &Handler::Payload, &Handler::Metadata,
      &Handler::Completion}},
    {"managedPush:didReceiveIncomingPushWithPayload:forType:",
     Signature::NoCompletion,
     {&Handler::Registry, &Handler::Payload, &Handler::PushType, nullptr}},
};

} // namespace

std::optional<Handler>
ringfence::objc::handlerOf(const clang::ObjCMethodDecl &M,
                           clang::ASTContext &Ctx) {
  static const auto IsHandler =
      objcMethodDecl(isDefinition(), isInstanceMethod(),
                     hasAnyName(Entries[0].Selector, Entries[1].Selector,
                                Entries[2].Selector, Entries[3].Selector));
  if (match(IsHandler, M, Ctx).empty())
    return std::nullopt;
  std::string Selector = M.getSelector().getAsString();
  for (const Entry &E : Entries) {
    if (Selector != E.Selector)
      continue;
    Handler H;
    H.S = E.S;
    unsigned I = 0;
    for (const clang::ParmVarDecl *P : M.parameters())
      if (I < 4 && E.Roles[I])
        H.*E.Roles[I++] = P->getNameAsString();
    return H;
  }
  return std::nullopt;
}
