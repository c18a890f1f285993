//===-- WorkTree.cpp - what git has not committed -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/apply/Apply.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include <algorithm>
#include <git2.h>
#include <memory>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// libgit2 counts its users.
struct LibGit2 {
  LibGit2() { git_libgit2_init(); }
  ~LibGit2() { git_libgit2_shutdown(); }
};

} // namespace

llvm::Expected<std::vector<std::string>>
ringfence::uncommittedFiles(StringRef Root) {
  LibGit2 Started;
  llvm::SmallString<256> Real;
  if (std::error_code EC = llvm::sys::fs::real_path(Root, Real))
    return llvm::createStringError(EC, "%s: %s", Root.str().c_str(),
                                   EC.message().c_str());
  git_repository *R = nullptr;
  if (git_repository_open_ext(&R, Real.c_str(), 0, nullptr) != 0)
    return std::vector<std::string>(); // no work tree
  std::unique_ptr<git_repository, void (*)(git_repository *)> Repository(
      R, git_repository_free);
  const char *WorkTree = git_repository_workdir(R);
  if (!WorkTree)
    return std::vector<std::string>();
  std::string Prefix = Real.str().str() + "/";
  Prefix = StringRef(Prefix).starts_with(WorkTree)
               ? Prefix.substr(StringRef(WorkTree).size())
               : "";

  // Files that git does not know are at no risk: nothing of theirs is changed
  // without the journal, and nobody mistakes them for the fix.
  git_status_options Options = GIT_STATUS_OPTIONS_INIT;
  Options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
  Options.flags = GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
  git_status_list *List = nullptr;
  if (git_status_list_new(&List, R, &Options) != 0) {
    const git_error *E = git_error_last();
    return llvm::createStringError(std::errc::io_error, "git status: %s",
                                   E && E->message ? E->message : "failed");
  }
  std::vector<std::string> Result;
  for (std::size_t I = 0, N = git_status_list_entrycount(List); I != N; ++I) {
    const git_status_entry *E = git_status_byindex(List, I);
    const git_diff_delta *D =
        E->index_to_workdir ? E->index_to_workdir : E->head_to_index;
    if (!D || E->status == GIT_STATUS_CURRENT)
      continue;
    StringRef Path = D->new_file.path ? D->new_file.path : D->old_file.path;
    if (Path.consume_front(Prefix))
      Result.push_back(Path.str());
  }
  git_status_list_free(List);
  std::sort(Result.begin(), Result.end());
  return Result;
}
