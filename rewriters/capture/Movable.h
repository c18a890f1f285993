//===-- Movable.h - whether a statement may move as a whole -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_CAPTURE_MOVABLE_H
#define RINGFENCE_REWRITERS_CAPTURE_MOVABLE_H

#include "rewriters/edit/Builder.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// Whether \p S awaits something, outside of closures.
bool suspends(const Step &S);

/// Why \p S cannot become a statement of another function that does not throw,
/// and is synchronous unless \p MaySuspend: it leaves the function, suspends,
/// throws, or stands in a macro or across #if. "" if it can. Closures may do
/// as they like.
std::string whyNotMovable(const Step &S, bool MaySuspend = false);

/// Adds to \p Taken (one flag per statement of \p List, true for those that
/// move) the declarations before index \p Limit that only moved statements
/// use, and the statements there that set such a variable. Index \p Except
/// stays. A declaration that statements which stay need as well is left alone.
void takeDeclarations(const File &F, const std::vector<Step> &List,
                      std::vector<bool> &Taken, unsigned Limit,
                      std::optional<unsigned> Except = std::nullopt);

/// Takes the statements \p Indices of \p List away with their comments, and a
/// blank line that would be left at the head of a block or double another.
void removeSteps(Builder &B, const std::vector<Step> &List,
                 llvm::ArrayRef<unsigned> Indices);

/// Whether the variable \p Name is named in bytes \p R of \p F.
bool mentions(const File &F, Range R, llvm::StringRef Name);

} // namespace ringfence

#endif
