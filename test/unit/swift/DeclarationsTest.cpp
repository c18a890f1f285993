//===-- DeclarationsTest.cpp - types, properties and functions -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reading.h"
#include <gtest/gtest.h>

using namespace ringfence;
using namespace ringfence::swift;

TEST(SwiftDeclarations, WholeFile) {
  EXPECT_EQ(dump(readText(R"swift(import PushKit
@testable import struct Core.Engine

@MainActor
public final class AppDelegate: UIResponder, PKPushRegistryDelegate {
  private lazy var provider: CXProvider = CXProvider(configuration: c)
  weak var owner: Owner?
  static let shared = AppDelegate()
  var flag = false { willSet { a(newValue) } didSet(old) { b(old) } }
  var name: String { get { return n } set { n = newValue } }
  var short: Int { 3 }
  let (x, y) = (1, 2)
  struct Inner { func go() {} }
  init?(queue q: DispatchQueue) { super.init() }
  deinit { stop() }
  subscript(i: Int) -> Int { i }
  class func make() -> Self { Self() }
  @objc(end:) override nonisolated func end(_ id: UUID) async throws {}
}
actor Store { func save() {} }
extension AppDelegate { func more(`in` place: Int, _ n: Int...) {} }
protocol P { func f(); var v: Int { get } }
func top() {}
var global: Int = 1
)swift")),
            R"swift(import PushKit
import Core
class AppDelegate : UIResponder, PKPushRegistryDelegate
  property provider: CXProvider = CXProvider(configuration: c) lazy
  property owner: Owner? weak
  property shared:  = AppDelegate() static
  property flag:  = false observed
  property name: String computed
  property short: Int computed
  property x:  = (1, 2)
  property y:  = (1, 2)
struct Inner
actor Store
extension AppDelegate
protocol P
  property v: Int computed
global global: Int = 1
function AppDelegate.flag (_ newValue: ) @MainActor
  do
    #0 function a(param newValue)
function AppDelegate.flag (_ old: ) @MainActor
  do
    #0 function b(param old)
function AppDelegate.name () -> String @MainActor
  return result member n
    #0 read n() <AppDelegate> self
function AppDelegate.name (_ newValue: String) @MainActor
  do n := param newValue
    #0 write n(param newValue) <AppDelegate> self
function AppDelegate.short () -> Int @MainActor
  do
function Inner.go() ()
function AppDelegate.init(queue:) (queue q: DispatchQueue) @MainActor
  do
    #0 init init() on super super
function AppDelegate.deinit () @MainActor
  do
    #0 function stop()
function AppDelegate.subscript (i i: Int) @MainActor
  do
function AppDelegate.make() () -> Self static @MainActor
  do
    #0 init Self() <Self> type
function AppDelegate.end(_:) (_ id: UUID) async throws @nonisolated
function Store.save() () @Store
function AppDelegate.more(in:_:) (in place: Int, _ n: Int...) @MainActor
function P.f() ()
function top() ()
)swift");
}

static const Function &only(const File &F) {
  EXPECT_EQ(F.Functions.size(), 1u);
  return F.Functions.front();
}

TEST(SwiftDeclarations, RangesAreExact) {
  llvm::StringRef Text = "class A {\n"
                         "  // above\n"
                         "  @objc func f() { // first\n"
                         "    // about a\n"
                         "    a(); // behind\n"
                         "\n"
                         "    // apart\n"
                         "\n"
                         "    if x { b() } // tail\n"
                         "  }\n"
                         "}\n";
  File F = readText(Text);
  const SourceFile &S = *F.Source;
  const Function &Fn = only(F);
  EXPECT_TRUE(S.text(Fn.Where).starts_with("@objc func f()"));
  EXPECT_TRUE(S.text(Fn.Where).ends_with("}"));
  EXPECT_EQ(S.text(Fn.Head), "@objc func f() ");
  EXPECT_TRUE(S.text(Fn.Body).starts_with("{ // first"));
  EXPECT_TRUE(S.text(Fn.Inside).starts_with(" // first"));
  ASSERT_EQ(Fn.Steps.size(), 2u);
  EXPECT_EQ(S.text(Fn.Steps[0].Where), "a();");
  EXPECT_EQ(S.text(Fn.Steps[0].WithComments), "// about a\n    a(); // behind");
  EXPECT_EQ(S.text(Fn.Steps[1].Where), "if x { b() }");
  EXPECT_EQ(S.text(Fn.Steps[1].WithComments), "if x { b() } // tail");
  ASSERT_EQ(Fn.Steps[1].Arms.size(), 1u);
  EXPECT_EQ(S.text(Fn.Steps[1].Arms[0].Where), "{ b() }");
  EXPECT_EQ(S.text(Fn.Steps[1].Arms[0].Inside), " b() ");
}

TEST(SwiftDeclarations, CaseArmsBeginBehindTheColon) {
  File F = readText("func f() {\n  switch x {\n  case .a: // why\n    b()\n"
                    "  default: c()\n  }\n}\n");
  const Step &Switch = only(F).Steps.front();
  ASSERT_EQ(Switch.Arms.size(), 2u);
  EXPECT_EQ(F.Source->text(Switch.Arms[0].Inside), " // why\n    b()");
  EXPECT_EQ(F.Source->text(Switch.Arms[1].Inside), " c()");
}

TEST(SwiftDeclarations, ClosureBodyBeginsBehindIn) {
  File F = readText("func f() { g { [weak self] x in a() } }\n");
  const Step &Call = only(F).Steps.front();
  ASSERT_EQ(Call.Closures.size(), 1u);
  EXPECT_EQ(F.Source->text(Call.Closures[0].Where), "{ [weak self] x in a() }");
  EXPECT_EQ(F.Source->text(Call.Closures[0].Body), " a() ");
}

TEST(SwiftDeclarations, CallRangesCoverReceiverAndClosures) {
  File F = readText("func f() { a.b.report(with: x) { c() } }\n");
  const Call &C = only(F).Steps.front().Calls.back();
  EXPECT_EQ(F.Source->text(C.Where), "a.b.report(with: x) { c() }");
  EXPECT_EQ(F.Source->text(C.NameRange), "report");
  EXPECT_EQ(swiftName(C), "report(with:_:)");
}

TEST(SwiftDeclarations, ReadsAndWritesAreSorted) {
  File F = readText("func f(p: P) {\n  var z = 1\n"
                    "  z = p.b + p.a.c + self.d + z\n}\n");
  const Step &S = only(F).Steps.back();
  EXPECT_EQ(S.Reads,
            (std::vector<std::string>{"p", "p.a.c", "p.b", "self.d", "z"}));
  EXPECT_EQ(S.Writes, std::vector<std::string>{"z"});
}

TEST(SwiftDeclarations, ImportsGoBehindTheLastOne) {
  File F = readText("// Licence\nimport UIKit\r\nimport PushKit // why\r\n\r\n"
                    "class A {}\r\n");
  EXPECT_EQ(F.Imports, (std::vector<std::string>{"UIKit", "PushKit"}));
  EXPECT_TRUE(
      F.Source->bytes().substr(F.ImportInsertion).starts_with("\r\nclass A"));
}

TEST(SwiftDeclarations, FunctionsInFunctionsAreSteps) {
  File F = readText("func f() { func g() { a() }\n"
                    " class L { func m() { b() } } }\n");
  ASSERT_EQ(F.Functions.size(), 2u);
  EXPECT_EQ(F.Functions[0].Symbol, "f()");
  EXPECT_EQ(F.Functions[1].Symbol, "L.m()");
}

/// What declarations() of \p Text has, "" for none, and what read() has of it.
static std::pair<std::string, std::string> alone(llvm::StringRef Text) {
  auto Source = std::make_shared<SourceFile>("Test.swift", Text.str());
  Reader R;
  std::optional<File> Alone = R.declarations(Source);
  File All = R.read(Source);
  for (Function &F : All.Functions) {
    F.Steps.clear();
    F.HasErrors = false; // nobody has looked
  }
  All.Problems.clear();
  All.Handlers.clear();
  All.Registrations.clear();
  return {Alone ? dump(*Alone) : "", dump(All)};
}

TEST(SwiftDeclarations, AloneAreThoseOfTheWhole) {
  auto [Alone, All] = alone(R"swift(import PushKit
@MainActor final class Calls: NSObject, PKPushRegistryDelegate {
  private lazy var provider = CXProvider(configuration: c)
  var flag = false { didSet { note("}") } }
  var name: String { get { n } set { n = newValue } }
  let text = "{"
  let lines = """
    func no() {
    """
  init?(queue q: DispatchQueue) { registry = PKPushRegistry(queue: nil) }
  @objc(end:) override nonisolated func end(_ id: UUID) async throws { go { } }
  func pushRegistry(_ r: PKPushRegistry, didReceiveIncomingPushWith p: PKPushPayload,
                    for type: PKPushType, completion: @escaping () -> Void) {
    // A brace in a comment: {
    struct Local { func own() { stop() } }
    if x { completion() } else { "\(f { y })" }
  }
#if DEBUG
  func only() { print() }
#endif
  subscript(i: Int) -> Int { i }
}
extension Calls { func more(_ n: Int = { 1 }()) -> [Int] { [n] } }
protocol P { func f() }
func top() {}
var global: Int = 1
)swift");
  EXPECT_EQ(Alone, All);
  EXPECT_NE(Alone, "");
}

TEST(SwiftDeclarations, AloneAreNoneWhereTheBracesMislead) {
  EXPECT_EQ(alone("class A {\n  func f() { x = /[{]/ }\n"
                  "  func g() {}\n}\nclass B { func h() {} }\n")
                .first,
            "");
  EXPECT_EQ(alone("class A { func f( }").first, "");
}
