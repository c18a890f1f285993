//===-- NameScan.h - what a file declares, line by line -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_NAMESCAN_H
#define RINGFENCE_TOOL_PIPELINE_NAMESCAN_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

namespace ringfence {

/// A declaration that a line looks like. A cheap guess that the readers
/// confirm: wrong ones cost time and nothing else.
struct ScannedName {
  enum class Kind {
    Function, ///< Swift base name, first selector piece, C function
    ObjCName, ///< first selector piece of a Swift @objc(name)
    Type,     ///< class, struct, enum, actor, protocol
    Extension ///< Swift extension or Objective-C category
  };
  Kind K = Kind::Function;
  llvm::StringRef Name;                             ///< into the bytes
  llvm::SmallVector<llvm::StringRef, 4> Supertypes; ///< of types
};

/// Tells \p Found every declaration of Swift source \p Bytes that begins a
/// line, modifiers and attributes before it aside.
void scanSwiftNames(llvm::StringRef Bytes,
                    llvm::function_ref<void(const ScannedName &)> Found);

/// The same for Objective-C and C.
void scanObjCNames(llvm::StringRef Bytes,
                   llvm::function_ref<void(const ScannedName &)> Found);

} // namespace ringfence

#endif
