//===-- KeptCode.h - closures that are kept to be called later -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_KEPTCODE_H
#define RINGFENCE_MATCHERS_FLOW_KEPTCODE_H

#include "matchers/model/FunctionSource.h"

namespace ringfence::flow {

/// Whether other code of the type that \p By is a member of calls what \p By
/// assigns to \p Target: a property, an instance variable, or an element of
/// one ("self.pending", "_pending", "pending[id]"), called under that name or
/// under that of a local that is made of it. False for what belongs to another
/// object.
bool isCalledElsewhere(llvm::StringRef Target, FunctionRef By,
                       FunctionSource &Functions);

} // namespace ringfence::flow

#endif
