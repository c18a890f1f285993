//===-- Propose.h - findings become fix sets -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_REWRITERS_PROPOSE_H
#define RINGFENCE_REWRITERS_PROPOSE_H

#include "matchers/checks/Check.h"
#include "rewriters/edit/FixSet.h"
#include "rewriters/xcode/Targets.h"
#include <string>
#include <vector>

namespace ringfence {

/// What the rewriters may ask of the project. Implemented by the pipeline;
/// rewriters touch no disk.
class ProjectFiles {
public:
  virtual ~ProjectFiles();
  /// Paths of the Info.plist files of apps: those of extensions, frameworks
  /// and test bundles are left out, as far as they say what they are. Those
  /// whose background modes name voip come first.
  virtual std::vector<std::string> infoPlists() = 0;
  /// Paths of .entitlements files.
  virtual std::vector<std::string> entitlements() = 0;
  /// What the project files say about targets; empty unless implemented.
  virtual const xcode::TargetList &targets();
  /// Bytes of any file under the root, or none.
  virtual std::optional<std::string> read(llvm::StringRef Path) = 0;
  /// Source files (paths) that hold \p Token.
  virtual std::vector<std::string> filesWith(llvm::StringRef Token) = 0;
  /// A source file, read by the reader of its language; null if it cannot be.
  virtual const File *file(llvm::StringRef Path) = 0;
  /// Whether the file is the project's own, not a library's that lies in its
  /// tree: such a file is looked into and never edited.
  virtual bool isOwn(llvm::StringRef Path);
};

/// What the team has configured.
struct ProposeOptions {
  std::string AppGroup;             ///< "" unless configured
  std::string TaskIdentifierPrefix; ///< "" : $(PRODUCT_BUNDLE_IDENTIFIER)
  std::string DeploymentTarget;     ///< "13.0"; "" unless known
  std::string Sdk = {}; ///< iOS SDK that the app is built with; "" unless known
};

/// Everything that the fixes of one run are made from.
struct ProposeInput {
  const std::vector<JudgedHandler> &Handlers;
  std::vector<Finding>
      &Findings; ///< Advice is filled in where a fix is blocked
  FunctionSource &Functions;
  const Catalogue &Apis;
  ProjectFiles &Project;
  ProposeOptions Options;
};

/// Fix sets of \p Step for all findings, in source order. Each set closes all
/// findings of one handler that its fix and step serve. Not yet verified.
std::vector<FixSet> propose(const ProposeInput &In, MigrationStep Step);

} // namespace ringfence

#endif
