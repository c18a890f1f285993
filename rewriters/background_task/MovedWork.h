//===-- MovedWork.h - moved statements as a method -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_BACKGROUND_TASK_MOVEDWORK_H
#define RINGFENCE_REWRITERS_BACKGROUND_TASK_MOVEDWORK_H

#include "rewriters/background_task/Upkeep.h"
#include <string>

namespace ringfence {

/// The moved statements of \p U as they read in the method that they become, in
/// template form: a tab at a line's head is one level of indentation. They tell
/// 'finished' when they are done, unless they are done when the last one has
/// returned.
std::string bodyInMethod(const Upkeep &U);

/// The moved statements of \p U as they stand, one level further in than
/// \p Base.
std::string asTheyStand(const Upkeep &U, llvm::StringRef Base);

} // namespace ringfence

#endif
