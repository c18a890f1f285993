//===-- Diff.cpp - fix sets as one patch -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/output/Diff.h"
#include <git2.h>

using namespace ringfence;
using llvm::raw_ostream;
using llvm::StringRef;

namespace {

/// libgit2 counts its users.
struct LibGit2 {
  LibGit2() { git_libgit2_init(); }
  ~LibGit2() { git_libgit2_shutdown(); }
};

llvm::Error gitError(StringRef Path) {
  const git_error *E = git_error_last();
  return llvm::createStringError(std::errc::invalid_argument, "%s: %s",
                                 Path.str().c_str(),
                                 E && E->message ? E->message : "no diff");
}

} // namespace

llvm::Expected<std::string> ringfence::fileDiff(StringRef Path,
                                                const FileChange &Change) {
  LibGit2 Started;
  git_diff_options Options = GIT_DIFF_OPTIONS_INIT;
  // A NUL byte makes no source a binary.
  Options.flags |= GIT_DIFF_FORCE_TEXT;
  std::string Name = Path.str();
  bool IsNew = !Change.Before;
  git_patch *P = nullptr;
  if (git_patch_from_buffers(&P, IsNew ? nullptr : Change.Before->data(),
                             IsNew ? 0 : Change.Before->size(), Name.c_str(),
                             Change.After.data(), Change.After.size(),
                             Name.c_str(), &Options) != 0)
    return gitError(Path);
  git_buf Text = GIT_BUF_INIT;
  int Failed = git_patch_to_buf(&Text, P);
  git_patch_free(P);
  if (Failed)
    return gitError(Path);
  std::string Result(Text.ptr, Text.size);
  git_buf_dispose(&Text);
  return Result;
}

/// Comment lines: git passes over what stands between patches.
static void printComment(raw_ostream &OS, StringRef First, StringRef Rest,
                         StringRef Text) {
  StringRef Prefix = First;
  for (StringRef Left = Text; !Left.empty();) {
    auto [Line, More] = Left.split('\n');
    OS << "# " << Prefix << Line << '\n';
    Prefix = Rest;
    Left = More;
  }
}

static void printHeading(raw_ostream &OS, const FixSet &S) {
  OS.changeColor(raw_ostream::SAVEDCOLOR, /*Bold=*/true);
  OS << "# " << S.Title << '\n';
  OS.resetColor();
  OS << "# step " << nameOf(S.Step) << ", " << S.Fix << ", " << nameOf(S.A)
     << '\n';
  printComment(OS, "", "", S.Why);
  for (const std::string &Item : S.LeftToDo)
    printComment(OS, "to do: ", "  ", Item);
}

static void printColored(raw_ostream &OS, StringRef Diff) {
  for (StringRef Left = Diff; !Left.empty();) {
    std::size_t End = Left.find('\n');
    StringRef Line =
        Left.take_front(End == StringRef::npos ? Left.size() : End + 1);
    Left = Left.drop_front(Line.size());
    if (Line.starts_with("+") && !Line.starts_with("+++"))
      OS.changeColor(raw_ostream::GREEN);
    else if (Line.starts_with("-") && !Line.starts_with("---"))
      OS.changeColor(raw_ostream::RED);
    else if (Line.starts_with("@@"))
      OS.changeColor(raw_ostream::CYAN);
    OS << Line;
    OS.resetColor();
  }
}

llvm::Error ringfence::printSet(raw_ostream &OS, const PlannedSet &Set) {
  printHeading(OS, Set.Set);
  for (const auto &[Path, Change] : Set.Changes) {
    auto Diff = fileDiff(Path, Change);
    if (!Diff)
      return Diff.takeError();
    if (OS.colors_enabled())
      printColored(OS, *Diff);
    else
      OS << *Diff;
  }
  return llvm::Error::success();
}

llvm::Error ringfence::printDiff(raw_ostream &OS, const FixPlan &Plan) {
  bool First = true;
  for (const PlannedSet &P : Plan.Sets) {
    if (!First)
      OS << '\n';
    First = false;
    if (llvm::Error E = printSet(OS, P))
      return E;
  }
  return llvm::Error::success();
}
