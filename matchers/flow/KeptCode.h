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

/// Whether other code of the type that \p Target belongs to calls what \p By
/// assigns to it: a property, an instance variable, or an element of one
/// ("self.pending", "_pending", "pending[id]"), called under that name, under
/// that of a local that is made of it, or as an element of a tuple
/// ("pending.completion()"). The property may be another object's
/// ("calls.pending") if \p By's type or the text says of which type.
bool isCalledElsewhere(llvm::StringRef Target, FunctionRef By,
                       FunctionSource &Functions);

} // namespace ringfence::flow

#endif
