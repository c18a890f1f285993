//===-- Movable.h - whether a statement may move as a whole -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_MOVABLE_H
#define RINGFENCE_REWRITERS_CAPTURE_MOVABLE_H

#include "matchers/model/File.h"
#include <string>

namespace ringfence {

/// Why \p S cannot become a statement of another, synchronous function that
/// does not throw: it leaves the function, suspends, throws, or stands in a
/// macro or across #if. "" if it can. Closures may do as they like.
std::string whyNotMovable(const Step &S);

/// Whether the variable \p Name is named in bytes \p R of \p F.
bool mentions(const File &F, Range R, llvm::StringRef Name);

} // namespace ringfence

#endif
