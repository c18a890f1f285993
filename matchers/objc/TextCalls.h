//===-- TextCalls.h - calls that only the text shows -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_OBJC_TEXTCALLS_H
#define RINGFENCE_MATCHERS_OBJC_TEXTCALLS_H

#include "matchers/model/Call.h"
#include "matchers/objc/Parse.h"
#include <optional>

namespace ringfence::objc {

/// Reads "[receiver piece:argument piece:argument]" at \p R by its tokens:
/// selector, receiver and arguments as text. Nothing if that is no message.
std::optional<Call> messageInText(const ParsedUnit &U, Range R);

/// Messages and function calls in \p R, in the order in which they end, which
/// is that of their evaluation. For statements that Clang could not parse.
std::vector<Call> callsInText(const ParsedUnit &U, Range R);

} // namespace ringfence::objc

#endif
