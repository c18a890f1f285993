//===-- EachStep.h - every step and call of a body -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_MODEL_EACHSTEP_H
#define RINGFENCE_MATCHERS_MODEL_EACHSTEP_H

#include "matchers/model/Step.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <vector>

namespace ringfence {

/// Calls \p Visit for \p S and for every step in its arms and closures, an
/// outer step before those inside of it.
void forEachStep(const Step &S, llvm::function_ref<void(const Step &)> Visit);
/// The same for each of \p Steps in turn.
void forEachStep(const std::vector<Step> &Steps,
                 llvm::function_ref<void(const Step &)> Visit);

/// Calls \p Visit for every call that \p S makes, in its arms and closures
/// too: a step's own calls, then those of its conditions, then what is inside.
void forEachCall(const Step &S, llvm::function_ref<void(const Call &)> Visit);
/// The same for each of \p Steps in turn.
void forEachCall(const std::vector<Step> &Steps,
                 llvm::function_ref<void(const Call &)> Visit);

} // namespace ringfence

#endif
