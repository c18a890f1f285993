//===-- Reread.h - reads what an edit changed, and no more -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_REREAD_H
#define RINGFENCE_TOOL_PIPELINE_REREAD_H

#include "matchers/model/File.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>

namespace ringfence {

/// The reading of \p New, made from \p Old, the reading of an earlier text of
/// the same file: where all that changed lies inside one function, that one
/// alone is read, in a text in which the bodies of the others are blank, and
/// the others are taken over, moved to where they stand now. Leaves \p Old
/// empty then. Null, and Old untouched, where that would not do: the change
/// touches declarations, braces do not pair, or the blank text shows other
/// declarations, or other errors, than those of this function.
///
/// The result is what \p Read makes of the whole text unless bodies bear on
/// each other (a macro that one of them defines): whoever needs to be sure
/// reads the whole once there is time.
std::shared_ptr<File>
reread(File &Old, std::shared_ptr<const SourceFile> New,
       llvm::function_ref<File(std::shared_ptr<const SourceFile>)> Read);

} // namespace ringfence

#endif
