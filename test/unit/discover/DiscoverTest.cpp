//===-- DiscoverTest.cpp - walking, ignore rules, odd files -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/discover/Discover.h"
#include "test/unit/Scratch.h"
#include "llvm/ADT/STLExtras.h"
#include <sys/stat.h>

using namespace ringfence;
using test::Scratch;

static const char *Handler = "func pushRegistry(didReceiveIncomingPushWith: x)";

static Discovery find(const Scratch &Tree,
                      std::vector<std::string> Paths = {"."},
                      std::vector<std::string> Exclude = {},
                      unsigned Threads = 2) {
  auto D =
      discover({Tree.path(), std::move(Paths), std::move(Exclude), Threads});
  EXPECT_TRUE(bool(D));
  return D ? std::move(*D) : (llvm::consumeError(D.takeError()), Discovery());
}

/// Paths of the sources in scope.
static std::vector<std::string> inScope(const Discovery &D) {
  std::vector<std::string> Result;
  for (const SourceEntry &E : D.Sources)
    if (E.InScope)
      Result.push_back(E.Path);
  return Result;
}

using Strings = std::vector<std::string>;

TEST(Discover, TakesSourcesOfBothLanguagesAndNothingElse) {
  Scratch Tree;
  for (const char *Name : {"a.swift", "b.m", "c.mm", "d.h", "e.c", "f.txt",
                           "g.swift.orig", "sub folder/ü.swift"})
    Tree.write(Name, Handler);
  Discovery D = find(Tree);
  EXPECT_EQ(inScope(D),
            (Strings{"a.swift", "b.m", "c.mm", "d.h", "sub folder/ü.swift"}));
  for (const SourceEntry &E : D.Sources)
    EXPECT_TRUE(E.Tokens.has(Token::DidReceiveIncoming)) << E.Path;
  EXPECT_EQ(D.Seen, 5u);
}

TEST(Discover, GivesTheSameAnswerOnAnyNumberOfThreads) {
  Scratch Tree;
  for (int I = 0; I != 300; ++I)
    Tree.write("d" + std::to_string(I % 7) + "/f" + std::to_string(I) +
                   ".swift",
               I % 3 ? "" : Handler);
  Discovery One = find(Tree, {"."}, {}, 1), Eight = find(Tree, {"."}, {}, 8);
  ASSERT_EQ(One.Sources.size(), 300u);
  ASSERT_EQ(Eight.Sources.size(), 300u);
  for (std::size_t I = 0; I != 300; ++I) {
    EXPECT_EQ(One.Sources[I].Path, Eight.Sources[I].Path);
    EXPECT_EQ(One.Sources[I].Tokens.Bits, Eight.Sources[I].Tokens.Bits);
  }
}

TEST(Discover, HonoursNestedIgnoreFilesOutsideARepository) {
  Scratch Tree;
  Tree.write(".gitignore", "build/\n*.gen.swift\n");
  Tree.write("app/.gitignore", "!kept.gen.swift\nlocal.swift\n");
  for (const char *Name :
       {"build/a.swift", "app/build/b.swift", "app/x.gen.swift",
        "app/kept.gen.swift", "app/local.swift", "app/c.swift"})
    Tree.write(Name, Handler);
  Discovery D = find(Tree);
  EXPECT_EQ(inScope(D), (Strings{"app/c.swift", "app/kept.gen.swift"}));
  // Ignored code stays there for helpers to be looked up in.
  EXPECT_EQ(D.Sources.size(), 6u);
  EXPECT_EQ(D.Ignored, 4u);
}

TEST(Discover, TakesAnIgnoredFolderThatIsAskedFor) {
  Scratch Tree;
  Tree.write(".gitignore", "build/\n");
  Tree.write("build/a.swift", Handler);
  Tree.write("b.swift", Handler);
  EXPECT_EQ(inScope(find(Tree)), Strings{"b.swift"});
  EXPECT_EQ(inScope(find(Tree, {"build"})), Strings{"build/a.swift"});
}

TEST(Discover, HonoursExcludeOfTheConfiguration) {
  Scratch Tree;
  Tree.write("Legacy/a.swift", Handler);
  Tree.write("App/a.swift", Handler);
  Tree.write("App/b.generated.swift", Handler);
  EXPECT_EQ(inScope(find(Tree, {"."}, {"Legacy/**", "*.generated.swift"})),
            Strings{"App/a.swift"});
}

TEST(Discover, LooksIntoVendoredFoldersForHelpersOnly) {
  Scratch Tree;
  for (const char *Name :
       {"Pods/K/a.m", "ios/Pods/b.m", "Carthage/c.swift", "node_modules/d/e.m",
        ".build/checkouts/f.swift", "App/g.swift"})
    Tree.write(Name, Handler);
  Discovery D = find(Tree);
  EXPECT_EQ(inScope(D), Strings{"App/g.swift"});
  EXPECT_EQ(D.Sources.size(), 6u);
  // Unless it is that folder, or a file in it, that was asked for.
  EXPECT_EQ(inScope(find(Tree, {"Pods/K"})), Strings{"Pods/K/a.m"});
  EXPECT_EQ(inScope(find(Tree, {"Pods/K/a.m"})), Strings{"Pods/K/a.m"});
}

TEST(Discover, FollowsNoLinksSoThatLoopsEnd) {
  Scratch Tree;
  Tree.write("a/b.swift", Handler);
  std::filesystem::create_directory_symlink("..", Tree.at("a/up"));
  std::filesystem::create_symlink("b.swift", Tree.at("a/link.swift"));
  EXPECT_EQ(inScope(find(Tree)), Strings{"a/b.swift"});
}

TEST(Discover, DoesNotWaitForPipesNamedLikeSources) {
  Scratch Tree;
  Tree.write("a.swift", Handler);
  ASSERT_EQ(::mkfifo(Tree.at("pipe.m").c_str(), 0600), 0);
  EXPECT_EQ(inScope(find(Tree)), Strings{"a.swift"});
}

TEST(Discover, SaysWhichFilesAreTooLarge) {
  Scratch Tree;
  Tree.write("data.m", std::string(17u << 20, ' '));
  Tree.write("handler.m", Handler + std::string(17u << 20, ' '));
  Discovery D = find(Tree);
  ASSERT_EQ(D.Problems.size(), 2u);
  EXPECT_EQ(D.Problems[0].File, "data.m");
  EXPECT_FALSE(D.Problems[0].Fatal) << "nothing of interest can be lost";
  EXPECT_EQ(D.Problems[1].File, "handler.m");
  EXPECT_TRUE(D.Problems[1].Fatal);
}

TEST(Discover, SaysWhichFilesCannotBeRead) {
  if (::geteuid() == 0)
    GTEST_SKIP() << "root may read everything; test/tool tests it as nobody";
  Scratch Tree;
  Tree.write("a.swift", Handler);
  ASSERT_EQ(::chmod(Tree.at("a.swift").c_str(), 0), 0);
  Discovery D = find(Tree);
  ASSERT_EQ(D.Problems.size(), 1u);
  EXPECT_TRUE(D.Problems[0].Fatal);
}

TEST(Discover, FailsOnPathsThatAreNotThere) {
  Scratch Tree;
  auto D = discover({Tree.path(), {"nowhere"}, {}, 1});
  ASSERT_FALSE(bool(D));
  EXPECT_NE(llvm::toString(D.takeError()).find("nowhere"), std::string::npos);
}

TEST(Discover, FindsWhatSaysWhatTargetsAreMadeOf) {
  Scratch Tree;
  for (const char *Name :
       {"A.xcodeproj/project.pbxproj", "B/project.yml", "C/Project.swift",
        "Pods/Pods.xcodeproj/project.pbxproj", "C/OtherProject.swift"})
    Tree.write(Name, "// nothing\n");
  EXPECT_EQ(find(Tree).Manifests,
            (Strings{"A.xcodeproj/project.pbxproj", "B/project.yml",
                     "C/Project.swift"}));
}

TEST(Discover, FindsPropertyLists) {
  Scratch Tree;
  for (const char *Name :
       {"App/Info.plist", "App/App.entitlements", "App/Strings.plist",
        "Pods/P/Info.plist", "App/Kit.framework/Info.plist"})
    Tree.write(Name, "<plist/>");
  Discovery D = find(Tree);
  EXPECT_EQ(D.InfoPlists, Strings{"App/Info.plist"});
  EXPECT_EQ(D.Entitlements, Strings{"App/App.entitlements"});
}
