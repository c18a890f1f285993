//===-- Shift.h - moves code to other offsets -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_SHIFT_H
#define RINGFENCE_MATCHERS_MODEL_SHIFT_H

#include "matchers/model/File.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace ringfence {

/// Adds \p Delta bytes to every offset in \p Fn, its statements and what they
/// hold: text in front of the function grew or shrank by so much.
void shift(Function &Fn, std::int64_t Delta);
void shift(Registration &R, std::int64_t Delta);

/// Where an offset of one text is in another; keeps their order.
using OffsetMap = llvm::function_ref<std::uint32_t(std::uint32_t)>;

/// Puts every offset in \p F, its functions included, where \p To says.
void move(File &F, OffsetMap To);

} // namespace ringfence

#endif
