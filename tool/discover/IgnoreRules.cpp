//===-- IgnoreRules.cpp - .gitignore and exclude rules -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/IgnoreRules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <git2.h>
#include <git2/sys/repository.h>

using namespace ringfence;

namespace {

struct RepositoryCloser {
  void operator()(git_repository *R) const { git_repository_free(R); }
};
using Repository = std::unique_ptr<git_repository, RepositoryCloser>;

/// A repository in memory whose work tree is \p Folder: libgit2 then reads the
/// .gitignore files below it as if git were in use.
Repository repositoryInMemory(const std::string &Folder) {
  git_repository *R = nullptr;
  if (git_repository_new(&R) != 0)
    return nullptr;
  Repository Result(R);
  if (git_repository_set_workdir(R, Folder.c_str(), 0) != 0)
    return nullptr;
  return Result;
}

/// Whether the rules that \p R knows ignore \p Path; false without rules.
bool isIgnored(const Repository &R, const std::string &Path) {
  int Ignored = 0;
  return R && !Path.empty() &&
         git_ignore_path_is_ignored(&Ignored, R.get(), Path.c_str()) == 0 &&
         Ignored;
}

} // namespace

struct IgnoreRules::State {
  Repository Git;       ///< the work tree that holds the root, or one in memory
  std::string Prefix;   ///< the root's path in that work tree, "" or "a/b/"
  Repository Excluding; ///< one in memory that knows the extra patterns
};

IgnoreRules::IgnoreRules(llvm::StringRef TheRoot,
                         llvm::ArrayRef<std::string> TheExclude,
                         llvm::ArrayRef<std::string> TheFiles)
    : Root(TheRoot), Exclude(TheExclude.begin(), TheExclude.end()),
      Files(TheFiles.begin(), TheFiles.end()) {
  // What a deeper file says comes later, and wins.
  llvm::sort(Files, [](llvm::StringRef A, llvm::StringRef B) {
    return std::pair(A.count('/'), A) < std::pair(B.count('/'), B);
  });
}

/// \p Pattern of the .gitignore file in \p Folder ("a/b/" or "") as patterns
/// for the work tree.
static std::string fromAbove(llvm::StringRef Pattern,
                             const std::string &Folder) {
  bool Negates = Pattern.consume_front("!");
  std::string Start = Negates ? "!/" : "/";
  for (char C : Folder)
    Start +=
        (llvm::StringRef("*?[]\\").contains(C) ? "\\" : "") + std::string(1, C);
  std::string Name = Pattern.ltrim('/').str() + "\n";
  bool IsAnchored = Pattern.drop_back().contains('/');
  return IsAnchored ? Start + Name : Start + Name + Start + "**/" + Name;
}

/// libgit2 drops a "!pattern" that takes back nothing of its own file, though
/// it may take back what a file above says. Where there is one, all files are
/// put together, each pattern with its folder; "" where there is none.
std::string IgnoreRules::negatingRules() const {
  std::string Rules;
  bool Negates = false;
  for (const std::string &File : Files) {
    llvm::StringRef Folder = File;
    Folder.consume_back(".gitignore");
    auto Text = llvm::MemoryBuffer::getFile(Root + "/" + File);
    if (!Text)
      continue;
    llvm::StringRef Left = (*Text)->getBuffer();
    while (!Left.empty()) {
      auto [Line, Rest] = Left.split('\n');
      Left = Rest;
      Line = Line.rtrim("\r\t ");
      if (Line.empty() || Line.starts_with("#"))
        continue;
      Negates |= !Folder.empty() && Line.starts_with("!");
      Rules += fromAbove(Line, S->Prefix + Folder.str());
    }
  }
  return Negates ? Rules : "";
}

void IgnoreRules::start() {
  S = std::make_unique<State>();
  git_libgit2_init();
  llvm::SmallString<256> Real;
  if (llvm::sys::fs::real_path(Root, Real))
    return;
  std::string Folder = Real.str().str() + "/";

  git_repository *R = nullptr;
  if (git_repository_open_ext(&R, Folder.c_str(), 0, nullptr) == 0) {
    S->Git.reset(R);
    llvm::StringRef WorkTree;
    if (const char *W = git_repository_workdir(R))
      WorkTree = W;
    if (!WorkTree.empty() && llvm::StringRef(Folder).starts_with(WorkTree))
      S->Prefix = Folder.substr(WorkTree.size());
    else
      S->Git = nullptr;
    // Whoever names an ignored folder wants it looked at: only the rules
    // within it count then.
    if (S->Git && isIgnored(S->Git, S->Prefix)) {
      S->Git = nullptr;
      S->Prefix.clear();
    }
  }
  if (!S->Git) {
    S->Git = repositoryInMemory(Folder);
    S->Prefix.clear();
  }
  if (std::string Rules = negatingRules(); S->Git && !Rules.empty())
    git_ignore_add_rule(S->Git.get(), Rules.c_str());

  if (Exclude.empty())
    return;
  S->Excluding = repositoryInMemory(Folder);
  std::string Rules;
  for (const std::string &Pattern : Exclude)
    Rules += Pattern + "\n";
  if (S->Excluding)
    git_ignore_add_rule(S->Excluding.get(), Rules.c_str());
}

IgnoreRules::~IgnoreRules() {
  if (!S)
    return;
  S.reset();
  git_libgit2_shutdown();
}

bool IgnoreRules::ignores(llvm::StringRef Path) {
  if (!S)
    start();
  return isIgnored(S->Git, S->Prefix + Path.str()) ||
         isIgnored(S->Excluding, Path.str());
}

bool ringfence::isVendoredFolder(llvm::StringRef Name) {
  return Name == "Pods" || Name == "Carthage" || Name == "node_modules" ||
         Name == "SourcePackages" || Name == "DerivedData" ||
         Name == ".build" || Name.ends_with(".framework") ||
         Name.ends_with(".xcframework");
}

bool ringfence::isVendored(llvm::StringRef Path) {
  for (llvm::StringRef Dir = llvm::sys::path::parent_path(Path); !Dir.empty();
       Dir = llvm::sys::path::parent_path(Dir))
    if (isVendoredFolder(llvm::sys::path::filename(Dir)))
      return true;
  return false;
}
