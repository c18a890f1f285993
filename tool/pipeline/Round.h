//===-- Round.h - one look at a project -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_ROUND_H
#define RINGFENCE_TOOL_PIPELINE_ROUND_H

#include "tool/pipeline/Project.h"
#include <vector>

namespace ringfence {

/// What one look at a project comes to. Its parts point into the project.
struct Round {
  std::vector<JudgedHandler> Handlers; ///< by path and place
  std::vector<Finding> Findings;       ///< by path, place and check
  std::vector<Suppressed> Hidden;
};

/// Reads the candidates of \p P, judges the handlers, runs the checks and
/// heeds the suppressions.
Round look(Project &P);

/// What could not be read, was left out or not followed, by file and line, each
/// once.
std::vector<Problem> problemsOf(const Project &P, const Round &R);

/// Why \p S may not be offered: it is applied in memory and the result is read
/// again. "" if it may.
std::string objectionTo(const FixSet &S, Project &P, const Round &R);

/// Fix sets of \p Step for the findings of \p R, in source order, each of them
/// verified: read again after it was applied in memory, its findings are gone
/// or (of a step that only copies) no more, no error is new, and no syntax
/// error came in. Why one was dropped becomes a problem in \p Dropped and the
/// advice of its findings.
std::vector<FixSet> verifiedFixSets(Project &P, Round &R, MigrationStep Step,
                                    std::vector<Problem> &Dropped);

/// The files of \p P as they are after \p Edits and \p NewFiles, those alone
/// that change. Fails if edits conflict or leave their file.
llvm::Expected<Overlay> overlayOf(Project &P, llvm::ArrayRef<Edit> Edits,
                                  llvm::ArrayRef<NewFile> NewFiles);

/// \p Bytes with names of the same length in place of Xcode's placeholders, so
/// that the readers see code.
std::string withoutPlaceholders(llvm::StringRef Bytes);

} // namespace ringfence

#endif
