//===-- Declarations.h - functions and types of a parse -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_DECLARATIONS_H
#define RINGFENCE_MATCHERS_OBJC_DECLARATIONS_H

#include "matchers/model/File.h"
#include "matchers/objc/Parse.h"

namespace ringfence::objc {

/// Lowers everything that the unit's main file declares into \p Out: types,
/// globals, functions with their bodies, and the handlers among them.
void lowerDeclarations(const ParsedUnit &U, File &Out);

} // namespace ringfence::objc

#endif
