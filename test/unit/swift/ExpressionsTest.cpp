//===-- ExpressionsTest.cpp - expressions as calls and values -*- C++ -*-===//
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

TEST(SwiftExpressions, ReceiverAndArgumentsComeFirst) {
  EXPECT_EQ(
      stepsOf(
          R"swift(provider.reportNewIncomingCall(with: UUID(), update: makeUpdate(payload)) { error in
  if error == nil { completion() }
})swift"),
      R"swift(
  do
    #0 read provider() <Calls> self
    #1 init UUID() <UUID> type
    #2 function makeUpdate(param payload)
    #3 method reportNewIncomingCall(with: #1, update: #2, closure 0) on #0 <CXProvider>
    closure 0 (_ error: )
      if
        then not(non-nil error)
          do
            #0 closure-call completion()
)swift");
}

TEST(SwiftExpressions, TypesOfReceivers) {
  EXPECT_EQ(stepsOf(R"swift(UNUserNotificationCenter.current().add(request)
UIApplication.shared.applicationState.log()
let update = CXCallUpdate()
update.hasVideo = true
self.provider.invalidate()
Foo.Bar(x).run()
CXProvider.reportNewIncomingVoIPPushPayload(payload.dictionaryPayload) { _ in })swift"),
            R"swift(
  do
    #0 method current() on UNUserNotificationCenter <UNUserNotificationCenter> type
    #1 read request() <Calls> self
    #2 method add(member request) on #0 <UNUserNotificationCenter>
  do
    #0 read shared() on UIApplication <UIApplication> type
    #1 read applicationState() on #0 <UIApplication>
    #2 method log() on #1
  declare update: ? = #0
    #0 init CXCallUpdate() <CXCallUpdate> type
  do update.hasVideo := true
    #0 write hasVideo(true) on update <CXCallUpdate>
  do
    #0 read provider() on self <Calls> self
    #1 method invalidate() on #0 <CXProvider>
  do
    #0 read x() <Calls> self
    #1 init Bar(member x) on Foo <Foo> type
    #2 method run() on #1 <Bar>
  do
    #0 read dictionaryPayload() on payload <PKPushPayload>
    #1 method reportNewIncomingVoIPPushPayload(member payload.dictionaryPayload, closure 0) on CXProvider <CXProvider> type
    closure 0 (_ _: )
)swift");
}

TEST(SwiftExpressions, ClosureCalls) {
  EXPECT_EQ(stepsOf(R"swift(completion()
onEnd?()
self.onEnd?()
let done = { completion() }
done();
{ a() }())swift"),
            R"swift(
  do
    #0 closure-call completion()
  do
    #0 closure-call onEnd() <Calls> self optional
  do
    #0 closure-call onEnd() on self <Calls> self optional
  declare done: ? = closure 0
    closure 0 ()
      do
        #0 closure-call completion()
  do
    #0 closure-call done()
  do
    #0 closure-call (closure 0)
    closure 0 ()
      do
        #0 function a()
)swift");
}

TEST(SwiftExpressions, ShortCircuitsAreConditional) {
  EXPECT_EQ(stepsOf(R"swift(busy && check()
let x = cached ?? load()
busy ? a() : b())swift"),
            R"swift(
  do
    #0 read busy() <Calls> self
    #1 function check() conditional
  declare x: ? = ?cached ?? load()
    #0 read cached() <Calls> self
    #1 function load() conditional
  do
    #0 read busy() <Calls> self
    #1 function a() conditional
    #2 function b() conditional
)swift");
}

TEST(SwiftExpressions, OptionalChains) {
  EXPECT_EQ(stepsOf(R"swift(delegate?.calls?.end(1)
self?.provider.stop()
calls.first!.end())swift"),
            R"swift(
  do
    #0 read delegate() <Calls> self
    #1 read calls() on #0 optional
    #2 method end(1) on #1 optional
  do
    #0 read provider() on self? <Calls> self optional
    #1 method stop() on #0 <CXProvider> optional
  do
    #0 read calls() <Calls> self
    #1 read first() on #0
    #2 method end() on #1
)swift");
}

TEST(SwiftExpressions, TryAndAwait) {
  EXPECT_EQ(stepsOf(R"swift(try? store.save(1)
let v = try await api.fetch(id)
try! a()
let w = try? x() ?? y()
await Task.yield())swift"),
            R"swift(
  do
    #0 read store() <Calls> self try?
    #1 method save(1) on #0 try?
  declare v: ? = #2
    #0 read api() <Calls> self try await
    #1 read id() <Calls> self try await
    #2 method fetch(member id) on #0 try await
  do
    #0 function a() try!
  declare w: ? = ?try? x() ?? y()
    #0 function x() try?
    #1 function y() conditional try?
  do
    #0 method yield() on Task <Task> type await
)swift");
}

TEST(SwiftExpressions, ClosureParametersAndCaptures) {
  EXPECT_EQ(
      stepsOf(
          R"swift(api.fetch { [weak self, id = payload.id] (result: Result<Int, Error>, _) async -> Void in
  self?.use(result, id)
}
list.forEach { use($0, $1) })swift"),
      R"swift(
  do
    #0 read api() <Calls> self
    #1 read id() on payload <PKPushPayload>
    #2 method fetch(closure 0) on #0
    closure 0 (_ result: Result<Int, Error>, _ _: ) [weak self, id = payload.id] async
      do
        #0 method use(param result, local id) on self? <Calls> self optional
  do
    #0 read list() <Calls> self
    #1 method forEach(closure 0) on #0
    closure 0 (_ $0: , _ $1: )
      do
        #0 function use(param $0, param $1)
)swift");
}

TEST(SwiftExpressions, MultipleTrailingClosures) {
  EXPECT_EQ(
      stepsOf(
          R"swift(UIView.animate(withDuration: 1) { a() } completion: { _ in b() })swift"),
      R"swift(
  do
    #0 method animate(withDuration: 1, closure 0, completion: closure 1) on UIView <UIView> type
    closure 0 ()
      do
        #0 function a()
    closure 1 (_ _: )
      do
        #0 function b()
)swift");
}

TEST(SwiftExpressions, ATrailingClosureOfAnInitialValueIsAnArgument) {
  EXPECT_EQ(stepsOf(R"swift(let task = phone?.dial(1) { a() }
    let all = list.filter() { $0 } )swift"),
            R"swift(
  declare task: ? = #1
    #0 read phone() <Calls> self
    #1 method dial(1, closure 0) on #0 optional
    closure 0 ()
      do
        #0 function a()
  declare all: ? = #1
    #0 read list() <Calls> self
    #1 method filter(closure 0) on #0
    closure 0 (_ $0: )
      do
)swift");
}

TEST(SwiftExpressions, ACallBelongsToTheLastOperand) {
  EXPECT_EQ(stepsOf(R"swift(let r = busy || list.contains { $0 == 1 }
signal |> take(1) |> map { use($0) })swift"),
            R"swift(
  declare r: ? = ?busy || list.contains { $0 == 1 }
    #0 read busy() <Calls> self
    #1 read list() <Calls> self conditional
    #2 method contains(closure 0) on #1 conditional
    closure 0 (_ $0: )
      do
  do
    #0 read signal() <Calls> self
    #1 function take(1)
    #2 function map(closure 0)
    closure 0 (_ $0: )
      do
        #0 function use(param $0)
)swift");
}

TEST(SwiftExpressions, ValuesOfArguments) {
  EXPECT_EQ(
      stepsOf(
          R"swift(f(payload, 3, "s", nil, true, self.provider, #selector(Calls.end(_:)), [1, g()], -1, &busy, .generic, type.rawValue))swift"),
      R"swift(
  do
    #0 read provider() on self <Calls> self
    #1 function g()
    #2 read busy() <Calls> self
    #3 read rawValue() on type <PKPushType>
    #4 function f(param payload, 3, "s", nil, true, member self.provider, selector end(_:), ?[1, g()], -1, member busy, ?.generic, member type.rawValue)
)swift");
}

TEST(SwiftExpressions, SelectorsNameMethods) {
  EXPECT_EQ(
      stepsOf(
          R"swift(timer.schedule(self, #selector(tick), #selector(Calls.end(_:with:)), #selector(getter: busy)))swift"),
      R"swift(
  do
    #0 read timer() <Calls> self
    #1 method schedule(member self, selector tick, selector end(_:with:), selector busy) on #0
)swift");
}

TEST(SwiftExpressions, InterpolationsAreRead) {
  EXPECT_EQ(stepsOf(R"swift(log("a \(id()) b \(payload.type)"))swift"),
            R"swift(
  do
    #0 function id()
    #1 read type() on payload <PKPushPayload>
    #2 function log("a \(id()) b \(payload.type)")
)swift");
}

TEST(SwiftExpressions, SubscriptsAndLiterals) {
  EXPECT_EQ(stepsOf(R"swift(let d = ["k": a(), "l": b()]
let s = [String]()
let t = d["k"]?.trim())swift"),
            R"swift(
  declare d: ? = ?["k": a(), "l": b()]
    #0 function a()
    #1 function b()
  declare s: ? = #0
    #0 init [String]() type
  declare t: ? = #1
    #0 subscript subscript("k") on d
    #1 method trim() on #0 optional
)swift");
}

TEST(SwiftExpressions, SuperAndSelf) {
  EXPECT_EQ(stepsOf(R"swift(super.run(payload)
self.run(1)
run(2)
helper())swift"),
            R"swift(
  do
    #0 method run(param payload) on super super
  do
    #0 method run(1) on self <Calls> self
  do
    #0 function run(2) <Calls> self
  do
    #0 function helper()
)swift");
}

TEST(SwiftExpressions, NegatedCalls) {
  EXPECT_EQ(stepsOf(R"swift(let a = !f()
let b = !self.provider.isReady())swift"),
            R"swift(
  declare a: ? = ?!f()
    #0 function f()
  declare b: ? = ?!self.provider.isReady()
    #0 read provider() on self <Calls> self
    #1 method isReady() on #0 <CXProvider>
)swift");
}

TEST(SwiftExpressions, FunctionsWithCapitals) {
  EXPECT_EQ(stepsOf(R"swift(NSLog("x")
DDLogInfo("y")
Logger.main.info("z"))swift"),
            R"swift(
  do
    #0 function NSLog("x")
  do
    #0 function DDLogInfo("y")
  do
    #0 read main() on Logger <Logger> type
    #1 method info("z") on #0 <Logger>
)swift");
}

TEST(SwiftExpressions, UnitValue) {
  EXPECT_EQ(stepsOf(R"swift(finish(.success(()))
return ())swift"),
            R"swift(
  do
    #0 method success(()) type
    #1 function finish(#0)
  return result ()
)swift");
}
