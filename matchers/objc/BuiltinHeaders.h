//===-- BuiltinHeaders.h - declarations that stand in for the SDK -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_BUILTINHEADERS_H
#define RINGFENCE_MATCHERS_OBJC_BUILTINHEADERS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace ringfence::objc {

struct BuiltinHeader {
  llvm::StringRef Name; ///< "Base.h"
  llvm::StringRef Text;
};

/// The files of matchers/objc/sdk, in the order in which they are included.
llvm::ArrayRef<BuiltinHeader> builtinHeaders();

} // namespace ringfence::objc

#endif
