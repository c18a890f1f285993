//===-- Session.h - a tree while it is being edited -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_SESSION_H
#define RINGFENCE_TOOL_PIPELINE_SESSION_H

#include "tool/pipeline/Round.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// A fix set that is offered, and what became of trying it.
struct Proposal {
  FixSet Set;
  /// None until it was verified; then why it may not be offered, "" if it may.
  std::optional<std::string> Objection;
};

/// Analyses one tree again and again as texts change. What an editor has open
/// stands in place of what is on disk; files that did not change are not read
/// again, and of a file in which one function changed only that one is (see
/// Reread.h). Results are valid until the next update().
class Session {
public:
  explicit Session(AnalysisOptions Options);
  ~Session();

  const AnalysisOptions &options() const { return Options; }
  /// Takes effect at the next update().
  void configure(AnalysisOptions NewOptions);

  /// The text of the open file \p Path, relative to the root.
  void setText(llvm::StringRef Path, std::string Bytes);
  /// The file is on disk again.
  void forgetText(llvm::StringRef Path);
  /// Something on disk changed: the tree is walked again at the next update().
  void diskChanged() { Disk.reset(); }

  bool isCurrent() const { return Current; }
  /// Whether the next update() walks the whole tree.
  bool hasToWalk() const { return !Disk; }
  /// Brings the results up to date. Fails as openProject() does, and then
  /// leaves no results.
  llvm::Error update();

  /// Whether the results rest on files that were read in part.
  bool isProvisional() const { return Current && !InPart.empty(); }
  /// Whether of one of them a function is shown as it was before.
  bool holdsBack() const;
  /// Reads those whole at the next update().
  void readWhole();

  /// The tree as it is with the open texts. Only after an update().
  Project &project() { return Open ? *Open : *Disk; }
  bool hasResults() const { return Disk != nullptr && Current; }
  const std::vector<Finding> &findings() const { return Results.Findings; }
  const std::vector<Problem> &problems() const { return Problems; }

  /// Fix sets of all steps that speak of the findings as they are now, not yet
  /// verified; made at the first call after an update().
  std::vector<Proposal> &proposals();
  /// Verifies \p P unless that was done before.
  const std::string &objectionTo(Proposal &P);

private:
  void readChanged();

  AnalysisOptions Options;
  Overlay Texts;
  /// Readings of open files, as long as their text is what was read.
  llvm::StringMap<std::shared_ptr<const File>> Readings;
  /// Readings of open files before the text changed.
  llvm::StringMap<std::shared_ptr<const File>> Outdated;
  /// Files whose reading was made of an earlier one, with Rereading::HeldBack.
  llvm::StringMap<std::optional<std::size_t>> InPart;
  std::unique_ptr<Project> Disk; ///< null: to be walked again
  std::unique_ptr<Project> Open; ///< Disk with Texts; null if there are none
  bool Current = false;
  Round Results;
  std::vector<Problem> Problems;
  std::optional<std::vector<Proposal>> Proposed;
};

} // namespace ringfence

#endif
