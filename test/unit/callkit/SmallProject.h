//===-- SmallProject.h - a project in memory, fixed and read again *- C++ -* -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_CALLKIT_SMALLPROJECT_H
#define RINGFENCE_TEST_UNIT_CALLKIT_SMALLPROJECT_H

#include "matchers/flow/Judge.h"
#include "rewriters/Propose.h"
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ringfence {

/// A few files, read by the real readers. Calls reach functions of the same
/// name; a receiver that names a type, or a property of one, narrows them.
class SmallProject final : public FunctionSource, public ProjectFiles {
public:
  /// Findings of \p Check alone.
  explicit SmallProject(std::map<std::string, std::string> Files,
                        llvm::StringRef Check = "ringfence-unreported-path");

  std::vector<JudgedHandler> Handlers;
  std::vector<Finding> Findings;

  std::vector<FixSet> proposals(MigrationStep Step = MigrationStep::Report);
  /// The files after all of \p Sets.
  std::map<std::string, std::string> after(const std::vector<FixSet> &Sets);
  /// What the readers had to say, "path:line: message" each.
  std::vector<std::string> problems() const;

  std::vector<FunctionRef> callees(const Call &C, FunctionRef Caller) override;
  std::vector<FunctionRef> members(llvm::StringRef Type,
                                   llvm::StringRef Member) override;
  std::vector<TypeRef> types(llvm::StringRef Name) override;
  std::vector<FunctionRef> named(llvm::StringRef Name) override;

  std::vector<std::string> infoPlists() override { return {}; }
  std::vector<std::string> entitlements() override { return {}; }
  std::optional<std::string> read(llvm::StringRef Path) override;
  std::vector<std::string> filesWith(llvm::StringRef Token) override;
  const File *file(llvm::StringRef Path) override;

private:
  std::map<std::string, std::unique_ptr<File>> Files;
};

/// Fixes \p Files, checks what every result must hold (it parses, no exit that
/// was closed is left, a second run proposes nothing) and returns it.
std::map<std::string, std::string>
fixedFiles(std::map<std::string, std::string> Files,
           llvm::StringRef Check = "ringfence-unreported-path");

/// The same for a project of one file.
std::string fixed(std::string Path, std::string Text,
                  llvm::StringRef Check = "ringfence-unreported-path");

} // namespace ringfence

#endif
