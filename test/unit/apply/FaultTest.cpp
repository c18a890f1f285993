//===-- FaultTest.cpp - killed and failing at every system call -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/Scratch.h"
#include "test/unit/apply/FaultyCalls.h"
#include "tool/apply/Apply.h"
#include <cerrno>
#include <functional>
#include <sys/wait.h>

using namespace ringfence;
using namespace ringfence::test;
namespace fs = std::filesystem;

namespace {

/// Two files that change, one of them deep down, and one that is made with its
/// folders.
struct Tree : Scratch {
  Tree() {
    write("a.swift", OldA);
    write("App/Sources/b.m", OldB);
  }

  std::map<std::string, FileWrite> changes() const {
    return {{"a.swift", {OldA, NewA}},
            {"App/Sources/b.m", {OldB, NewB}},
            {"Service/Code/n.swift", {std::nullopt, NewN}}};
  }

  bool isOld() const {
    return read("a.swift") == OldA && read("App/Sources/b.m") == OldB &&
           !has("Service");
  }
  bool isNew() const {
    return read("a.swift") == NewA && read("App/Sources/b.m") == NewB &&
           read("Service/Code/n.swift") == NewN;
  }
  /// Each file is wholly old or wholly new.
  bool isWhole() const {
    std::string A = read("a.swift"), B = read("App/Sources/b.m");
    return (A == OldA || A == NewA) && (B == OldB || B == NewB) &&
           (!has("Service/Code/n.swift") ||
            read("Service/Code/n.swift") == NewN);
  }
  /// Temporary files that nobody will put in their place.
  unsigned leftovers() const {
    unsigned N = 0;
    for (const auto &Entry : fs::recursive_directory_iterator(path()))
      N += Entry.path().filename().string().rfind(".ringfence-", 0) == 0;
    return N;
  }

  std::string apply() const {
    llvm::Error E = applyChanges(path(), changes(), {"test", {}});
    return E ? llvm::toString(std::move(E)) : "";
  }
  std::string undo() const {
    auto R = undoRun(path());
    return R ? "" : llvm::toString(R.takeError());
  }

  const std::string OldA = std::string(5000, 'a'),
                    NewA = std::string(70000, 'A');
  const std::string OldB = "b\r\n", NewB = "B", NewN = "n";
};

} // namespace

/// Runs \p Body in a process of its own; its exit status.
static int inChild(const std::function<void()> &Body) {
  pid_t Child = ::fork();
  if (Child == 0) {
    Body();
    ::_exit(0);
  }
  int Status = 0;
  ::waitpid(Child, &Status, 0);
  return WIFEXITED(Status) ? WEXITSTATUS(Status) : -1;
}

static bool isNothingToUndo(const std::string &Why) {
  return Why.find("no run to undo") != std::string::npos;
}

TEST(Faults, AnApplyKilledAnywhereIsTakenBack) {
  for (unsigned N = 1;; ++N) {
    SCOPED_TRACE("killed at call " + std::to_string(N));
    Tree T;
    int Status = inChild([&] {
      setFaults({Faults::Kind::Kill, N});
      (void)T.apply();
    });
    if (Status == 0) {
      EXPECT_TRUE(T.isNew());
      EXPECT_GT(N, 50u);
      break;
    }
    ASSERT_EQ(Status, KilledStatus);
    ASSERT_TRUE(T.isWhole());
    std::string Why = T.undo();
    ASSERT_TRUE(Why.empty() || isNothingToUndo(Why)) << Why;
    ASSERT_TRUE(T.isOld());
    ASSERT_EQ(T.apply(), "");
    ASSERT_TRUE(T.isNew());
    ASSERT_EQ(T.leftovers(), 0u);
  }
}

TEST(Faults, AnUndoKilledAnywhereGoesOn) {
  for (unsigned N = 1;; ++N) {
    SCOPED_TRACE("killed at call " + std::to_string(N));
    Tree T;
    ASSERT_EQ(T.apply(), "");
    int Status = inChild([&] {
      setFaults({Faults::Kind::Kill, N});
      (void)T.undo();
    });
    if (Status == 0) {
      EXPECT_TRUE(T.isOld());
      EXPECT_GT(N, 30u);
      break;
    }
    ASSERT_EQ(Status, KilledStatus);
    ASSERT_TRUE(T.isWhole());
    std::string Why = T.undo();
    ASSERT_TRUE(Why.empty() || isNothingToUndo(Why)) << Why;
    ASSERT_TRUE(T.isOld());
    ASSERT_EQ(T.leftovers(), 0u);
  }
}

TEST(Faults, AnApplyThatFailsAnywhereChangesNothing) {
  unsigned Refused = 0;
  for (unsigned N = 1;; ++N) {
    SCOPED_TRACE("call " + std::to_string(N) + " fails");
    Tree T;
    setFaults({Faults::Kind::FailOnce, N, ENOSPC});
    std::string Why = T.apply();
    bool Reached = callsMade() >= N;
    setFaults({});
    if (!Reached)
      break;
    if (Why.empty()) { // it could do without that call
      ASSERT_TRUE(T.isNew());
      continue;
    }
    ++Refused;
    ASSERT_NE(Why.find("No space left"), std::string::npos) << Why;
    ASSERT_TRUE(T.isOld()) << Why;
    ASSERT_EQ(T.apply(), "");
    ASSERT_TRUE(T.isNew());
    ASSERT_EQ(T.leftovers(), 0u);
  }
  EXPECT_GT(Refused, 30u);
}

TEST(Faults, ADiskThatFailsForGoodIsUndoneLater) {
  for (unsigned N = 1;; ++N) {
    SCOPED_TRACE("all fail from call " + std::to_string(N));
    Tree T;
    setFaults({Faults::Kind::FailOn, N, EIO});
    std::string Why = T.apply();
    bool Reached = callsMade() >= N;
    setFaults({});
    if (!Reached)
      break;
    ASSERT_TRUE(T.isWhole());
    if (!Why.empty()) {
      std::string Left = T.undo();
      ASSERT_TRUE(Left.empty() || isNothingToUndo(Left)) << Left;
      ASSERT_TRUE(T.isOld()) << Why;
    }
    if (!T.isNew()) {
      ASSERT_EQ(T.apply(), "");
    }
    ASSERT_TRUE(T.isNew());
  }
}
