//===-- ApplyTest.cpp - all or nothing, and back -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/apply/Apply.h"
#include "rewriters/edit/FixSet.h"
#include "test/unit/Scratch.h"
#include "tool/apply/Journal.h"
#include <sys/stat.h>

using namespace ringfence;
using test::Scratch;
using Writes = std::map<std::string, FileWrite>;

static std::string failure(llvm::Error E) {
  return E ? llvm::toString(std::move(E)) : "";
}

static std::string undo(const Scratch &Tree) {
  auto R = undoLastRun(Tree.path());
  return R ? "" : llvm::toString(R.takeError());
}

static bool contains(const std::string &Text, const char *Part) {
  return Text.find(Part) != std::string::npos;
}

TEST(Apply, WritesAndUndoesEveryByte) {
  Scratch Tree;
  const std::string Old("a\r\nb\0c\xff", 7);
  Tree.write("App/a.swift", Old);
  ASSERT_EQ(::chmod(Tree.at("App/a.swift").c_str(), 0754), 0);
  Writes W{{"App/a.swift", {Old, "new"}},
           {"Ext/deep/n.swift", {std::nullopt, "made"}}};
  EXPECT_EQ(failure(applyChanges(Tree.path(), W)), "");
  EXPECT_EQ(Tree.read("App/a.swift"), "new");
  EXPECT_EQ(Tree.read("Ext/deep/n.swift"), "made");
  EXPECT_EQ(Tree.read(".ringfence/.gitignore"), "*\n");
  struct stat S;
  ASSERT_EQ(::stat(Tree.at("App/a.swift").c_str(), &S), 0);
  EXPECT_EQ(S.st_mode & 07777u, 0754u);

  EXPECT_EQ(undo(Tree), "");
  EXPECT_EQ(Tree.read("App/a.swift"), Old);
  ASSERT_EQ(::stat(Tree.at("App/a.swift").c_str(), &S), 0);
  EXPECT_EQ(S.st_mode & 07777u, 0754u);
  EXPECT_FALSE(Tree.has("Ext"));
  EXPECT_TRUE(contains(undo(Tree), "no run to undo"));
}

TEST(Apply, UndoesRunsInTurn) {
  Scratch Tree;
  Tree.write("a.m", "1");
  EXPECT_EQ(failure(applyChanges(Tree.path(), {{"a.m", {"1", "2"}}})), "");
  EXPECT_EQ(failure(applyChanges(Tree.path(), {{"a.m", {"2", "3"}}})), "");
  EXPECT_EQ(undo(Tree), "");
  EXPECT_EQ(Tree.read("a.m"), "2");
  EXPECT_EQ(undo(Tree), "");
  EXPECT_EQ(Tree.read("a.m"), "1");
}

TEST(Apply, RefusesFilesThatChangedSinceTheyWereRead) {
  Scratch Tree;
  Tree.write("a.m", "1");
  Tree.write("b.m", "edited meanwhile");
  std::string Why = failure(
      applyChanges(Tree.path(), {{"a.m", {"1", "2"}}, {"b.m", {"1", "2"}}}));
  EXPECT_TRUE(contains(Why, "b.m: has changed")) << Why;
  EXPECT_EQ(Tree.read("a.m"), "1") << "all or nothing";
  EXPECT_FALSE(Tree.has(".ringfence"));
}

TEST(Apply, RefusesNewFilesThatExist) {
  Scratch Tree;
  Tree.write("n.swift", "theirs");
  std::string Why =
      failure(applyChanges(Tree.path(), {{"n.swift", {std::nullopt, "ours"}}}));
  EXPECT_TRUE(contains(Why, "exists already")) << Why;
  EXPECT_EQ(Tree.read("n.swift"), "theirs");
}

TEST(Apply, LeavesTheRootByNoWay) {
  Scratch Tree, Outside;
  Outside.write("a.m", "1");
  std::filesystem::create_directory_symlink(Outside.path(), Tree.at("link"));
  std::filesystem::create_symlink(Outside.at("a.m"), Tree.at("a.m"));
  for (const char *Path : {"link/a.m", "a.m"})
    EXPECT_TRUE(
        contains(failure(applyChanges(Tree.path(), {{Path, {"1", "2"}}})),
                 "symbolic link"))
        << Path;
  for (std::string Path : {std::string("../x.m"), Outside.at("a.m")})
    EXPECT_TRUE(
        contains(failure(applyChanges(Tree.path(), {{Path, {"1", "2"}}})),
                 "not below the root"))
        << Path;
  EXPECT_EQ(Outside.read("a.m"), "1");
}

TEST(Apply, RefusesToUndoOverLaterWork) {
  Scratch Tree;
  Tree.write("a.m", "1");
  Tree.write("b.m", "1");
  EXPECT_EQ(failure(applyChanges(Tree.path(),
                                 {{"a.m", {"1", "2"}}, {"b.m", {"1", "2"}}})),
            "");
  Tree.write("b.m", "later work");
  EXPECT_TRUE(contains(undo(Tree), "b.m: has changed"));
  EXPECT_EQ(Tree.read("a.m"), "2") << "nothing was undone";
  EXPECT_EQ(Tree.read("b.m"), "later work");
}

TEST(Apply, TakesAnInterruptedRunBack) {
  Scratch Tree;
  // As a run leaves things that was killed between two renames.
  Tree.write("a.m", "2");
  Tree.write("b.m", "1");
  {
    Journal J(Tree.path());
    ASSERT_EQ(failure(J.open()), "");
    JournalRun Run;
    Run.Number = llvm::cantFail(J.nextNumber());
    Run.Entries = {{"a.m", false, contentHash("1"), contentHash("2")},
                   {"b.m", false, contentHash("1"), contentHash("2")},
                   {"n.m", true, "", contentHash("new")}};
    for (std::size_t I : {0, 1})
      ASSERT_EQ(failure(J.keep(Run.Number, I, "1")), "");
    ASSERT_EQ(failure(J.write(Run)), "");
  }
  EXPECT_TRUE(
      contains(failure(applyChanges(Tree.path(), {{"b.m", {"1", "3"}}})),
               "interrupted"));
  EXPECT_EQ(undo(Tree), "");
  EXPECT_EQ(Tree.read("a.m"), "1");
  EXPECT_EQ(Tree.read("b.m"), "1");
  EXPECT_EQ(failure(applyChanges(Tree.path(), {{"b.m", {"1", "3"}}})), "");
}

TEST(Apply, RollsBackWhenAWriteFails) {
  if (::geteuid() == 0)
    GTEST_SKIP() << "root may write everywhere";
  Scratch Tree;
  Tree.write("a/a.m", "1");
  Tree.write("z/z.m", "1");
  ASSERT_EQ(::chmod(Tree.at("z").c_str(), 0555), 0);
  EXPECT_NE(failure(applyChanges(
                Tree.path(), {{"a/a.m", {"1", "2"}}, {"z/z.m", {"1", "2"}}})),
            "");
  EXPECT_EQ(Tree.read("a/a.m"), "1");
  ::chmod(Tree.at("z").c_str(), 0755);
}

TEST(Apply, FindsTheJournalFromBelow) {
  Scratch Tree;
  Tree.write("a/b/c.m", "1");
  EXPECT_EQ(failure(applyChanges(Tree.path(), {{"a/b/c.m", {"1", "2"}}})), "");
  EXPECT_EQ(findJournal(Tree.at("a/b")), Tree.path());
}
