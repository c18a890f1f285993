//===-- CleanUpUpkeep.h - the handler asks for no task any more -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_CLEANUPUPKEEP_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_CLEANUPUPKEEP_H

#include "rewriters/Fix.h"
#include <optional>

namespace ringfence {

/// move-to-background-task in step CleanUp, once the server sends silent
/// pushes: the handler's request for the task goes, and the task itself where
/// nothing else asks for it. Refused while nothing else starts the upkeep.
std::optional<FixSet> cleanUpUpkeep(const FixRequest &R);

} // namespace ringfence

#endif
