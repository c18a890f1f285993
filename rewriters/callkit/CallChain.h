//===-- CallChain.h - the calls that lead from a handler to an exit -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CALLKIT_CALLCHAIN_H
#define RINGFENCE_REWRITERS_CALLKIT_CALLCHAIN_H

#include "rewriters/callkit/Blocks.h"

namespace ringfence {

/// A call on the way to an exit, and the function that makes it.
struct ChainedCall {
  FunctionRef Caller;
  const Call *C = nullptr;
  FunctionRef Callee;
};

/// The calls that lead from the handler \p H to the function in which \p E
/// lies, outermost first. Empty if the exit lies in the handler itself, or if
/// the way there is not one of plain calls: through code that a library calls
/// back, or an observer.
std::vector<ChainedCall> callsLeadingTo(const UnreportedExit &E,
                                        const JudgedHandler &H,
                                        FunctionSource &Functions);

} // namespace ringfence

#endif
