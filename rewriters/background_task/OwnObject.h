//===-- OwnObject.h - "self" where statements stand -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_OWNOBJECT_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_OWNOBJECT_H

#include "rewriters/capture/Scope.h"

namespace ringfence {

/// Whether the Swift statements that \p Levels lead to stand in a closure that
/// holds its object weakly and has not made sure of it: "self?.tidy()".
bool selfIsOptional(const std::vector<Level> &Levels);

/// Whether a closure in \p S that is about byte \p At holds its object weakly.
bool holdsWeakly(const Step &S, std::uint32_t At);

} // namespace ringfence

#endif
