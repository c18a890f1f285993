//===-- Slice.h - what the report needs -*- C++ -* -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_MATCHERS_FLOW_SLICE_H
#define RINGFENCE_MATCHERS_FLOW_SLICE_H

#include "matchers/model/File.h"
#include <set>
#include <vector>

namespace ringfence::flow {

/// The statements of \p Fn that the statements at \p Reports depend on: what
/// computes a value that they use, what prepares an object that they use, and
/// what the conditions around them ask. \p Ignored names (the payload, the
/// registry) count as values, never as objects.
std::set<const Step *> neededBy(const Function &Fn,
                                const std::vector<Range> &Reports,
                                const std::set<std::string> &Ignored);

} // namespace ringfence::flow

#endif
