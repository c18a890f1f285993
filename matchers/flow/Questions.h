//===-- Questions.h - answers what a branch asks -*- C++ -* -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_QUESTIONS_H
#define RINGFENCE_MATCHERS_FLOW_QUESTIONS_H

#include "matchers/flow/PathState.h"

namespace ringfence::flow {

/// A state parted by a question: what goes on if the answer is yes, and if it
/// is no. Either may be empty.
struct Parted {
  StateSet Yes;
  StateSet No;
};

/// Parts \p S by \p C for a push of type .voIP. Earlier answers and assigned
/// booleans are remembered; below iOS 13 and where mustReport is false no
/// report is due, which the state says.
Parted part(const PathState &S, const Condition &C);

/// The key under which the answer to \p C is remembered, "" for And, Or, Not
/// and constants.
std::string factKey(const Condition &C);
std::string flagKey(llvm::StringRef Name);
std::string nonNilKey(llvm::StringRef Name);
/// The result of the call at \p Where of the file that is being read.
std::string resultKey(Range Where);

/// \p C looks at the app's state, or at calls that are going on, and at
/// nothing else.
bool asksForAppState(const Condition &C);

/// \p Text decides by the region of the device or the store.
bool speaksOfRegion(llvm::StringRef Text);

} // namespace ringfence::flow

#endif
