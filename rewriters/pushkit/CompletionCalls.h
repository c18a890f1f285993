//===-- CompletionCalls.h - calls the completion handler on every way -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PUSHKIT_COMPLETIONCALLS_H
#define RINGFENCE_REWRITERS_PUSHKIT_COMPLETIONCALLS_H

#include "rewriters/callkit/EveryWay.h"

namespace ringfence {

/// Every way through \p Fn of \p In is to call the push's completion handler,
/// which is \p Name there. A way that names it, by a call or to hand it on, is
/// taken to call it; one that ends in a report calls it in the report's own
/// completion.
WayRule completionCalls(const File &In, const Function &Fn, std::string Name);

} // namespace ringfence

#endif
