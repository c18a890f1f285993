//===-- Project.h - one tree, read and judged -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TOOL_PIPELINE_PROJECT_H
#define RINGFENCE_TOOL_PIPELINE_PROJECT_H

#include "tool/discover/Discover.h"
#include "tool/pipeline/Analysis.h"
#include "tool/pipeline/NameIndex.h"
#include "tool/pipeline/Resolver.h"
#include "tool/pipeline/SourceStore.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ringfence {

/// A tree with everything that was found in it. Made once from disk; made
/// again over changed files to see what a fix leads to.
class Project final : public ProjectFiles {
public:
  Project(const AnalysisOptions &Options, Discovery Found,
          std::shared_ptr<const Catalogue> Apis);
  /// \p Base as it would be with \p Changed in place of its files. Base must
  /// outlive it.
  Project(Project &Base, Overlay Changed);
  ~Project();

  /// Reads the sources with handlers, registrations and reports.
  void readCandidates();
  /// Judges every handler that was read, by path and place.
  std::vector<JudgedHandler> judgeAll();
  /// Runs the checks that the configuration enables.
  std::vector<Finding> check(const std::vector<JudgedHandler> &Handlers);

  FunctionSource &functions() { return Functions; }
  const Catalogue &apis() const { return *Apis; }
  const AnalysisOptions &options() const { return Options; }
  /// Hands \p P on to whoever waits for the run.
  void tell(const Progress &P) const {
    if (Options.OnProgress)
      Options.OnProgress(P);
  }
  const Discovery &discovery() const { return Found; }
  SourceStore &store() { return Store; }
  /// Files that were read for their own sake, by path.
  const std::vector<const File *> &candidates() const { return Candidates; }
  /// Reading's problems and what was left out, by file and line.
  std::vector<Problem> problems() const;

  std::vector<std::string> infoPlists() override;
  std::vector<std::string> entitlements() override {
    return Found.Entitlements;
  }
  const xcode::TargetList &targets() override;
  std::optional<std::string> read(llvm::StringRef Path) override {
    return Store.bytes(Path);
  }
  std::vector<std::string> filesWith(llvm::StringRef Token) override;
  const File *file(llvm::StringRef Path) override { return Store.file(Path); }

private:
  bool isFindable(llvm::StringRef Path) const;
  bool usesCallKit();
  std::vector<const File *>
  services(const std::vector<JudgedHandler> &Handlers);
  ProjectSettings settings();

  AnalysisOptions Options;
  Discovery Found;
  std::optional<std::vector<std::string>> AppPlists;
  std::optional<xcode::TargetList> Targets; ///< once somebody has asked
  /// Property lists that could not be read.
  std::vector<Problem> UnreadSettings;
  std::shared_ptr<const Catalogue> Apis;
  SourceStore Store;
  NameIndex Names;
  Resolver Functions;
  std::vector<const File *> Candidates;
};

/// Walks the tree that \p Options name. Fails on wrong usage alone: a path that
/// does not exist, catalogue rows that do not parse.
llvm::Expected<std::unique_ptr<Project>>
openProject(const AnalysisOptions &Options);

/// Whether clang-tidy's glob list \p Globs ("*,-ringfence-late-*") enables
/// check \p Id. An empty list enables all.
bool isEnabled(llvm::StringRef Globs, llvm::StringRef Id);

} // namespace ringfence

#endif
