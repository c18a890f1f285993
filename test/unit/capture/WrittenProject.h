//===-- WrittenProject.h - a small project on disk, for tests -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef RINGFENCE_TEST_UNIT_CAPTURE_WRITTENPROJECT_H
#define RINGFENCE_TEST_UNIT_CAPTURE_WRITTENPROJECT_H

#include "rewriters/edit/Merge.h"
#include "rewriters/edit/TextEdits.h"
#include "tool/pipeline/Analysis.h"
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <string>
#include <unistd.h>
#include <vector>

namespace ringfence::test {

/// Files in a folder of their own, which goes with the object.
class WrittenProject {
public:
  explicit WrittenProject(std::map<std::string, std::string> Files)
      : Files(std::move(Files)) {
    static int Count = 0;
    Root = std::filesystem::temp_directory_path() /
           ("ringfence-moves-" + std::to_string(getpid()) + "-" +
            std::to_string(Count++));
    write();
  }
  ~WrittenProject() { std::filesystem::remove_all(Root); }
  WrittenProject(const WrittenProject &) = delete;

  ProposeOptions Options;

  /// Proposes \p Steps, applies what is offered, and keeps sets and findings.
  void fix(std::vector<MigrationStep> Steps) {
    AnalysisOptions How;
    How.Root = Root.string();
    How.Paths = {"."};
    How.Threads = 1;
    How.Config.Fixes = Options;
    Analysis A = llvm::cantFail(analyse(How));
    Sets = fixSets(A, Steps);
    Findings.clear();
    for (const Finding &F : A.Findings)
      Findings.emplace_back(F.Check, F.Advice);
    Problems.clear();
    for (const Problem &P : A.Problems)
      Problems += P.File + ": " + P.Message + "\n";
    Merged M = merge(Sets);
    EXPECT_TRUE(M.LeftOut.empty())
        << (M.LeftOut.empty() ? "" : M.LeftOut.front().Why);
    for (auto &[Path, Text] : Files) {
      std::vector<Edit> Own;
      for (const Edit &E : M.Edits)
        if (E.File == Path)
          Own.push_back(E);
      Text = llvm::cantFail(applyEdits(Path, Text, Own));
    }
    for (const NewFile &N : M.NewFiles)
      Files[N.Path] = N.Text;
    write();
  }

  /// The advice of the findings of \p Check, one a line.
  std::string advice(llvm::StringRef Check) const {
    std::string All;
    for (const auto &[Id, Advice] : Findings)
      if (Check == Id)
        All += Advice + "\n";
    return All;
  }

  std::map<std::string, std::string> Files; ///< by path, as they are now
  std::vector<FixSet> Sets;
  std::vector<std::pair<std::string, std::string>> Findings;
  std::string Problems;

private:
  void write() {
    for (const auto &[Path, Text] : Files) {
      std::filesystem::create_directories((Root / Path).parent_path());
      std::ofstream(Root / Path, std::ios::binary) << Text;
    }
  }
  std::filesystem::path Root;
};

} // namespace ringfence::test

#endif
