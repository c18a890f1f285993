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

static std::string undo(const Scratch &Tree,
                        std::optional<unsigned> Number = std::nullopt) {
  auto R = undoRun(Tree.path(), Number);
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

TEST(Apply, UndoesAnyRun) {
  Scratch Tree;
  Tree.write("a.m", "1");
  Tree.write("b.m", "1");
  auto Write = [&](const char *Path, const char *Old, const char *New) {
    return failure(applyChanges(Tree.path(), {{Path, {Old, New}}},
                                {std::string("to ") + New, {}}));
  };
  EXPECT_EQ(Write("a.m", "1", "2"), "");
  EXPECT_EQ(Write("b.m", "1", "2"), "");
  EXPECT_EQ(Write("a.m", "2", "3"), "");
  auto Runs = appliedRuns(Tree.path());
  ASSERT_TRUE(static_cast<bool>(Runs));
  ASSERT_EQ(Runs->size(), 3u);
  EXPECT_EQ(Runs->front().Number, 3u);
  EXPECT_EQ(Runs->front().Title, "to 3");
  EXPECT_EQ(Runs->front().Paths, std::vector<std::string>{"a.m"});
  EXPECT_EQ(Runs->front().Time.size(), 20u);
  EXPECT_TRUE(Runs->front().Complete);

  EXPECT_TRUE(contains(undo(Tree, 1), "a.m: was changed by run 3 since"));
  EXPECT_TRUE(contains(undo(Tree, 7), "there is no run 7"));
  EXPECT_EQ(undo(Tree, 2), "");
  EXPECT_EQ(Tree.read("b.m"), "1");
  EXPECT_EQ(undo(Tree, 3), "");
  EXPECT_EQ(undo(Tree, 1), "");
  EXPECT_EQ(Tree.read("a.m"), "1");
}

TEST(Apply, KeepsTheLastTwentyRuns) {
  Scratch Tree;
  Tree.write("a.m", "0");
  for (int I = 0; I != 22; ++I)
    ASSERT_EQ(failure(applyChanges(
                  Tree.path(),
                  {{"a.m", {std::to_string(I), std::to_string(I + 1)}}})),
              "");
  auto Runs = appliedRuns(Tree.path());
  ASSERT_TRUE(static_cast<bool>(Runs));
  ASSERT_EQ(Runs->size(), 20u);
  EXPECT_EQ(Runs->front().Number, 22u);
}

TEST(Apply, RollsBackWhatIsNotVerified) {
  Scratch Tree;
  Tree.write("a.m", "1");
  std::string Seen;
  std::string Why = failure(applyChanges(
      Tree.path(), {{"a.m", {"1", "2"}}, {"new/n.m", {std::nullopt, "n"}}},
      {"", [&] {
         Seen = Tree.read("a.m") + Tree.read("new/n.m");
         return llvm::createStringError(std::errc::io_error, "broken build");
       }}));
  EXPECT_EQ(Seen, "2n");
  EXPECT_EQ(Why, "broken build");
  EXPECT_EQ(Tree.read("a.m"), "1");
  EXPECT_FALSE(Tree.has("new"));
  EXPECT_TRUE(contains(undo(Tree), "no run to undo"));
}

TEST(Apply, FindsTheJournalFromBelow) {
  Scratch Tree;
  Tree.write("a/b/c.m", "1");
  EXPECT_EQ(failure(applyChanges(Tree.path(), {{"a/b/c.m", {"1", "2"}}})), "");
  EXPECT_EQ(findJournal(Tree.at("a/b")), Tree.path());
}
