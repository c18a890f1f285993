//===-- ResolverTest.cpp - which function a call runs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tool/pipeline/Resolver.h"
#include "test/unit/Scratch.h"

using namespace ringfence;
using test::Scratch;

namespace {

/// A tree on disk, and the first call of a name inside a function of it.
class Tree {
public:
  Scratch Files;

  void open() {
    std::vector<std::string> Paths;
    for (const auto &E :
         std::filesystem::recursive_directory_iterator(Files.path()))
      if (E.is_regular_file())
        Paths.push_back(
            std::filesystem::relative(E.path(), Files.path()).string());
    std::sort(Paths.begin(), Paths.end());
    Store =
        std::make_unique<SourceStore>(Files.path(), objc::ReaderOptions(), 1);
    Names = std::make_unique<NameIndex>(Files.path(), Paths, 1);
    Functions = std::make_unique<Resolver>(*Store, *Names);
  }

  /// Symbols of what the call to \p Callee inside \p Caller of \p Path runs.
  std::vector<std::string> run(const char *Path, const char *Caller,
                               const char *Callee) {
    const File *F = Store->file(Path);
    if (!F)
      return {"no such file"};
    for (const Function &Fn : F->Functions)
      if (Fn.Name == Caller)
        if (const Call *C = find(Fn.Steps, Callee)) {
          std::vector<std::string> Result;
          for (FunctionRef R : Functions->callees(*C, {F, &Fn}))
            Result.push_back(R.In->Source->path().str() + " " + R.Fn->Symbol);
          return Result;
        }
    return {"no such call"};
  }

  /// The files that were read as a whole.
  std::vector<std::string> read() const {
    std::vector<std::string> Result;
    for (const File *F : Store->files())
      Result.push_back(F->Source->path().str());
    return Result;
  }

  /// How many steps the function has that the call runs.
  std::size_t stepsOf(const char *Path, const char *Caller,
                      const char *Callee) {
    const File *F = Store->file(Path);
    for (const Function &Fn : F->Functions)
      if (const Call *C = find(Fn.Steps, Callee); C && Fn.Name == Caller)
        for (FunctionRef R : Functions->callees(*C, {F, &Fn}))
          return R.Fn->Steps.size();
    return 0;
  }

  /// The files that declare a type.
  std::vector<std::string> declaring(const char *Type) {
    std::vector<std::string> Result;
    for (FunctionSource::TypeRef T : Functions->types(Type))
      Result.push_back(T.In->Source->path().str());
    return Result;
  }

private:
  static const Call *find(const std::vector<Step> &Steps,
                          llvm::StringRef Name) {
    auto Among = [&](const std::vector<Call> &Cs) -> const Call * {
      for (const Call &C : Cs)
        if (C.Name == Name)
          return &C;
      return nullptr;
    };
    for (const Step &S : Steps) {
      if (const Call *C = Among(S.Calls))
        return C;
      for (const Closure &L : S.Closures)
        if (const Call *C = find(L.Steps, Name))
          return C;
      for (const Arm &A : S.Arms) {
        if (const Call *C = Among(A.Calls))
          return C;
        if (const Call *C = find(A.Steps, Name))
          return C;
      }
    }
    return nullptr;
  }

  std::unique_ptr<SourceStore> Store;
  std::unique_ptr<NameIndex> Names;
  std::unique_ptr<Resolver> Functions;
};

using Strings = std::vector<std::string>;

} // namespace

TEST(Resolver, PrefersTheCallersOwnType) {
  Tree T;
  T.Files.write("a.swift", "class A {\n  func go() { ring() }\n}\n");
  T.Files.write("b.swift", "extension A {\n  func ring() {}\n}\n");
  T.Files.write("c.swift", "class C {\n  func ring() {}\n}\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "ring"), Strings{"b.swift A.ring()"});
}

TEST(Resolver, LooksForTypesInTheProjectBeforeVendoredCode) {
  Tree T;
  T.Files.write("App/AppDelegate.h",
                "@interface AppDelegate : NSObject\n@end\n");
  T.Files.write("Carthage/Kit/Demo/AppDelegate.h",
                "@interface AppDelegate : NSObject\n@end\n");
  T.Files.write("App/View+Box.h", "@interface Kit (Box)\n@end\n");
  T.Files.write("Pods/Kit/Kit.h", "@interface Kit : NSObject\n@end\n");
  T.open();
  EXPECT_EQ(T.declaring("AppDelegate"), Strings{"App/AppDelegate.h"});
  EXPECT_EQ(T.declaring("Kit"), (Strings{"App/View+Box.h", "Pods/Kit/Kit.h"}));
}

TEST(Resolver, ClimbsToSuperclasses) {
  Tree T;
  T.Files.write("a.swift", "class A: Base {\n  func go() { ring() }\n}\n");
  T.Files.write("b.swift", "class Base: Root {}\n");
  T.Files.write("c.swift", "class Root {\n  func ring() {}\n}\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "ring"), Strings{"c.swift Root.ring()"});
}

TEST(Resolver, ReadsOnlyTheFilesWhoseFunctionsRun) {
  Tree T;
  T.Files.write("a.swift", "class A {\n  func go(b: B) { b.find().ring() }\n"
                           "  func on() { stop(now: 1) }\n}\n");
  T.Files.write("b.swift", "class B {\n  func find() -> C { C() }\n}\n");
  T.Files.write("c.swift", "class C {\n  func ring() { go() }\n}\n");
  T.Files.write("d.swift", "func stop(later: Int) { go() }\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "ring"), Strings{"c.swift C.ring()"});
  EXPECT_EQ(T.run("a.swift", "on", "stop"), Strings{});
  EXPECT_EQ(T.read(), (Strings{"a.swift", "c.swift"}));
}

TEST(Resolver, HandsOutFunctionsWithTheirSteps) {
  Tree T;
  T.Files.write("a.swift", "class A {\n  func on() { stop() }\n}\n");
  T.Files.write("d.swift", "func stop() { go() }\n");
  T.open();
  EXPECT_EQ(T.stepsOf("a.swift", "on", "stop"), 1u);
}

TEST(Resolver, KnowsTypesOfPropertiesAndSingletons) {
  Tree T;
  T.Files.write("a.swift", "class A {\n"
                           "  let center: Center\n"
                           "  func one() { center.ring() }\n"
                           "  func two() { Center.shared.ring() }\n"
                           "}\n");
  T.Files.write("b.swift", "class Center {\n"
                           "  static let shared = Center()\n"
                           "  func ring() {}\n}\n"
                           "class Other {\n  func ring() {}\n}\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "one", "ring"), Strings{"b.swift Center.ring()"});
  EXPECT_EQ(T.run("a.swift", "two", "ring"), Strings{"b.swift Center.ring()"});
}

TEST(Resolver, FindsWhoeverImplementsAProtocol) {
  Tree T;
  T.Files.write("a.swift", "protocol Ringing {\n  func ring()\n}\n"
                           "class A {\n  var r: Ringing?\n"
                           "  func go() { r?.ring() }\n}\n");
  T.Files.write("b.swift", "class B: Ringing {\n  func ring() {}\n}\n"
                           "struct C: Ringing {\n  func ring() {}\n}\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "ring"),
            (Strings{"b.swift B.ring()", "b.swift C.ring()"}));
}

TEST(Resolver, TellsOverloadsApartByLabels) {
  Tree T;
  T.Files.write("a.swift", "class A {\n"
                           "  func go() { ring(for: 1) }\n"
                           "  func ring(_ x: Int) {}\n"
                           "  func ring(for x: Int) {}\n"
                           "  func ring(for x: Int, loud: Bool = true) {}\n"
                           "}\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "ring"), Strings{"a.swift A.ring(for:)"});
}

TEST(Resolver, GuessesNothingForAmbiguousNames) {
  Tree T;
  T.Files.write("a.swift",
                "class A {\n  func go(x: Any) { thing.ring() }\n}\n");
  T.Files.write("b.swift", "class B {\n  func ring() {}\n}\n"
                           "class C {\n  func ring() {}\n}\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "ring"), Strings{});
}

TEST(Resolver, DoesNotTakeSdkTypesForTheProjects) {
  Tree T;
  T.Files.write("a.swift", "class A {\n  let p: CXProvider\n"
                           "  func go() { p.invalidate() }\n}\n");
  T.Files.write("b.swift", "class B {\n  func invalidate() {}\n}\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "invalidate"), Strings{});
}

TEST(Resolver, CrossesFromSwiftToObjectiveC) {
  Tree T;
  T.Files.write("a.swift",
                "class A {\n  let c = CallCenter.shared\n"
                "  func go() { CallCenter.shared().report(with: 1, loud: true) "
                "}\n}\n");
  T.Files.write("CallCenter.m", "@interface CallCenter : NSObject\n@end\n"
                                "@implementation CallCenter\n"
                                "+ (instancetype)shared { return nil; }\n"
                                "- (void)reportWithUUID:(id)u loud:(BOOL)l {}\n"
                                "@end\n");
  T.open();
  EXPECT_EQ(T.run("a.swift", "go", "report"),
            Strings{"CallCenter.m -[CallCenter reportWithUUID:loud:]"});
}

TEST(Resolver, CrossesFromObjectiveCToSwift) {
  Tree T;
  T.Files.write("A.m", "@implementation A\n"
                       "- (void)go { [[Center shared] showWithCall:self]; }\n"
                       "@end\n");
  T.Files.write("b.swift", "@objc class Center: NSObject {\n"
                           "  @objc static let shared = Center()\n"
                           "  @objc func show(call: Any) {}\n}\n");
  T.open();
  EXPECT_EQ(T.run("A.m", "go", "showWithCall:"),
            Strings{"b.swift Center.show(call:)"});
}

TEST(Resolver, TellsTheSharedInstancesOfTwoClassesApart) {
  Tree T;
  T.Files.write("A.m", "@implementation A\n"
                       "+ (A *)sharedInstance { return nil; }\n"
                       "- (void)go { [[B sharedInstance] ring]; }\n"
                       "@end\n");
  T.Files.write("B.m", "@implementation B\n"
                       "+ (B *)sharedInstance { return nil; }\n"
                       "- (void)ring {}\n"
                       "@end\n");
  T.open();
  EXPECT_EQ(T.run("A.m", "go", "ring"), Strings{"B.m -[B ring]"});
}
