//===-- Handlers.h - finds PushKit's delegate methods -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_HANDLERS_H
#define RINGFENCE_MATCHERS_OBJC_HANDLERS_H

#include "matchers/model/File.h"
#include <optional>

namespace clang {
class ASTContext;
class ObjCMethodDecl;
} // namespace clang

namespace ringfence::objc {

/// The handler that \p M is, or nothing. FunctionIndex is left at 0.
std::optional<Handler> handlerOf(const clang::ObjCMethodDecl &M,
                                 clang::ASTContext &Ctx);

/// Where \p F makes a PKPushRegistry or sets one up; read from its functions.
std::vector<Registration> registrationsIn(const File &F);

} // namespace ringfence::objc

#endif
