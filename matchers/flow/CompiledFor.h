//===-- CompiledFor.h - what #if leaves of the code on a device -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_COMPILEDFOR_H
#define RINGFENCE_MATCHERS_FLOW_COMPILEDFOR_H

#include "llvm/ADT/StringRef.h"
#include <optional>

namespace ringfence::flow {

/// Whether \p Condition, written behind #if in Swift or Objective-C, holds
/// where VoIP pushes arrive: in an app on an iPhone or iPad, which has CallKit.
/// Empty if that depends on something else, a flag of the project for one.
std::optional<bool> holdsOnDevice(llvm::StringRef Condition);

} // namespace ringfence::flow

#endif
