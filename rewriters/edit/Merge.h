//===-- Merge.h - which fix sets can be applied together -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_EDIT_MERGE_H
#define RINGFENCE_REWRITERS_EDIT_MERGE_H

#include "rewriters/edit/FixSet.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>
#include <vector>

namespace ringfence {

/// A set that cannot be applied beside an earlier one.
struct Collision {
  unsigned Set = 0;    ///< index of the set that is left out
  unsigned Before = 0; ///< index of the earlier set that it collides with
  std::string Why;     ///< one sentence; names the place, or both texts
};

/// What a list of fix sets comes to when it is applied at once.
struct Merged {
  std::vector<unsigned> Taken; ///< indices, in order
  std::vector<Collision> LeftOut;
  std::vector<Edit> Edits;       ///< by file and offset, identical ones once
  std::vector<NewFile> NewFiles; ///< by path, identical ones once
};

/// Takes each of \p Sets, in order, whole or not at all. A set is left out if
/// it overlaps with one taken before: edits that conflict; insertions at one
/// place, unless they are identical or both whole lines between two lines
/// (which read well in either order); new files of one path and different
/// text, unless the later one says that it stands in for the earlier one's
/// text; or one file's content seen differently.
Merged merge(llvm::ArrayRef<FixSet> Sets);

} // namespace ringfence

#endif
