//===-- ChangedLines.cpp - what git says was changed -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/ChangedLines.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include <git2.h>
#include <limits>
#include <memory>

using namespace ringfence;
using llvm::StringRef;

namespace {

/// libgit2 counts its users.
struct LibGit2 {
  LibGit2() { git_libgit2_init(); }
  ~LibGit2() { git_libgit2_shutdown(); }
};

template <auto Free> struct Freed {
  template <typename T> void operator()(T *P) const { Free(P); }
};
template <typename T, auto Free> using Owned = std::unique_ptr<T, Freed<Free>>;

} // namespace

static llvm::Error failure(const llvm::Twine &What) {
  const git_error *E = git_error_last();
  return llvm::createStringError(
      std::errc::invalid_argument, "%s: %s", What.str().c_str(),
      E && E->message ? E->message : "git cannot tell");
}

/// The tree of the merge base of HEAD and \p Revision.
static llvm::Expected<Owned<git_tree, git_tree_free>>
treeWhereLeft(git_repository *R, const std::string &Revision) {
  git_object *O = nullptr;
  if (git_revparse_single(&O, R, Revision.c_str()))
    return failure("--since " + Revision);
  Owned<git_object, git_object_free> Named(O);
  git_object *C = nullptr;
  if (git_object_peel(&C, O, GIT_OBJECT_COMMIT))
    return failure("--since " + Revision);
  Owned<git_object, git_object_free> Commit(C);
  git_oid Head, Base;
  if (git_reference_name_to_id(&Head, R, "HEAD"))
    return failure("--since " + Revision);
  if (git_merge_base(&Base, R, &Head, git_object_id(C)))
    return failure("--since " + Revision +
                   ": no history in common with HEAD (a shallow clone? fetch "
                   "all of it)");
  git_commit *B = nullptr;
  if (git_commit_lookup(&B, R, &Base))
    return failure("--since " + Revision);
  Owned<git_commit, git_commit_free> BaseCommit(B);
  git_tree *T = nullptr;
  if (git_commit_tree(&T, B))
    return failure("--since " + Revision);
  return Owned<git_tree, git_tree_free>(T);
}

namespace {

/// What the callbacks of a diff add to.
struct Collector {
  ChangedLines &Into;
  StringRef Prefix; ///< of the root within the work tree

  void add(const git_diff_delta *D, unsigned First, unsigned Last) {
    StringRef Path = D->new_file.path ? D->new_file.path : "";
    if (Path.consume_front(Prefix))
      Into.add(Path.str(), First, Last);
  }
};

} // namespace

llvm::Expected<ChangedLines> ChangedLines::since(StringRef Root,
                                                 StringRef Revision) {
  LibGit2 Started;
  llvm::SmallString<256> Real;
  if (std::error_code EC = llvm::sys::fs::real_path(Root, Real))
    return llvm::createStringError(EC, "%s: %s", Root.str().c_str(),
                                   EC.message().c_str());
  git_repository *R = nullptr;
  if (git_repository_open_ext(&R, Real.c_str(), 0, nullptr))
    return failure("--since needs a git repository");
  Owned<git_repository, git_repository_free> Repository(R);
  const char *WorkTree = git_repository_workdir(R);
  if (!WorkTree)
    return failure("--since needs a work tree");
  llvm::SmallString<256> Top;
  if (std::error_code EC = llvm::sys::fs::real_path(WorkTree, Top))
    return llvm::createStringError(EC, "%s: %s", WorkTree,
                                   EC.message().c_str());
  auto Tree = treeWhereLeft(R, Revision.str());
  if (!Tree)
    return Tree.takeError();

  git_diff_options Options = GIT_DIFF_OPTIONS_INIT;
  Options.flags = GIT_DIFF_INCLUDE_UNTRACKED | GIT_DIFF_RECURSE_UNTRACKED_DIRS |
                  GIT_DIFF_SHOW_UNTRACKED_CONTENT | GIT_DIFF_IGNORE_SUBMODULES;
  Options.context_lines = 0;
  git_diff *D = nullptr;
  if (git_diff_tree_to_workdir_with_index(&D, R, Tree->get(), &Options))
    return failure("--since " + Revision);
  Owned<git_diff, git_diff_free> Diff(D);
  git_diff_find_options Find = GIT_DIFF_FIND_OPTIONS_INIT;
  Find.flags = GIT_DIFF_FIND_RENAMES | GIT_DIFF_FIND_FOR_UNTRACKED;
  if (git_diff_find_similar(D, &Find))
    return failure("--since " + Revision);

  ChangedLines Result;
  std::string Prefix = Real.str().str() + "/";
  Prefix.erase(0, Top.size() + 1);
  Collector Into{Result, Prefix};
  auto OnBinary = [](const git_diff_delta *D, const git_diff_binary *,
                     void *To) {
    static_cast<Collector *>(To)->add(D, 1,
                                      std::numeric_limits<unsigned>::max());
    return 0;
  };
  auto OnHunk = [](const git_diff_delta *D, const git_diff_hunk *H, void *To) {
    // Where lines went, those before and behind the gap count.
    auto First = static_cast<unsigned>(H->new_start);
    unsigned Last = H->new_lines > 0
                        ? First + static_cast<unsigned>(H->new_lines) - 1
                        : First + 1;
    static_cast<Collector *>(To)->add(D, First, Last);
    return 0;
  };
  auto OnFile = [](const git_diff_delta *, float, void *) { return 0; };
  if (git_diff_foreach(D, OnFile, OnBinary, OnHunk, nullptr, &Into))
    return failure("--since " + Revision);
  return Result;
}

void ChangedLines::add(std::string Path, unsigned First, unsigned Last) {
  Lines[std::move(Path)].emplace_back(First, Last);
}

bool ChangedLines::touches(const Place &P) const {
  if (!P)
    return false;
  auto Of = Lines.find(P.In->Source->path().str());
  return Of != Lines.end() && llvm::any_of(Of->second, [&](const auto &L) {
           return L.first <= P.endLine() && P.line() <= L.second;
         });
}

bool ChangedLines::concerns(const Analysis &A, const Finding &F) const {
  if (touches(F.At) ||
      llvm::any_of(F.Notes, [&](const PathNote &N) { return touches(N.At); }))
    return true;
  if (F.HandlerIndex < 0)
    return false;
  const JudgedHandler &H = A.Handlers[static_cast<unsigned>(F.HandlerIndex)];
  return touches({H.In, H.function().Where});
}
