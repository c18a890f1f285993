//===-- BoolResult.h - gives a function a Boolean result -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_BOOLRESULT_H
#define RINGFENCE_REWRITERS_CALLKIT_BOOLRESULT_H

#include "rewriters/Propose.h"
#include "rewriters/edit/Builders.h"

namespace ringfence {

/// What became of a function that was to return a Boolean.
struct BoolResult {
  /// A clause that says why it cannot be changed; "" if it is.
  std::string WhyNot = {};
  /// A protocol asks for the function, and these are the others that it asks
  /// of: they have to change, too.
  std::vector<FunctionRef> Alike = {};
};

/// Changes the head of \p F, which returns nothing, so that it returns a
/// Boolean, and what declares it elsewhere, protocols of the project included;
/// \p Says documents the result. Code that calls it and asks for no result
/// stays as it is.
BoolResult addBoolResult(FunctionRef F, llvm::StringRef Says,
                         const ProposeInput &In, Builders &Files);

} // namespace ringfence

#endif
