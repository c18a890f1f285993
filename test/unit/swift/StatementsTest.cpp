//===-- StatementsTest.cpp - statements as steps -*- C++ -*-===//
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

TEST(SwiftStatements, ElseIfNestsInElse) {
  EXPECT_EQ(
      stepsOf(
          R"swift(if busy { a() } else if type == .voIP { b() } else { c() })swift"),
      R"swift(
  if has-else
    then flag busy
      #0 read busy() <Calls> self
      do
        #0 function a()
    else
      if has-else
        then push-type voIP
          do
            #0 function b()
        else
          do
            #0 function c()
)swift");
}

TEST(SwiftStatements, IfLetBindsInItsArm) {
  EXPECT_EQ(
      stepsOf(
          R"swift(if let id = payload.dictionaryPayload["id"] as? String, !busy { use(id) }
use(id))swift"),
      R"swift(
  if
    then and(non-nil payload.dictionaryPayload["id"] as? String, not(flag busy)) binds id
      #0 read dictionaryPayload() on payload <PKPushPayload>
      #1 subscript subscript("id") on #0
      #2 read busy() <Calls> self
      do
        #0 function use(local id)
  do
    #0 read id() <Calls> self
    #1 function use(member id)
)swift");
}

TEST(SwiftStatements, GuardBindsOnTheStep) {
  EXPECT_EQ(
      stepsOf(R"swift(guard let id = payload.id else { completion(); return }
use(id))swift"),
      R"swift(
  guard id: ? = member payload.id
    then not(non-nil payload.id)
      #0 read id() on payload <PKPushPayload>
      do
        #0 closure-call completion()
      return
  do
    #0 function use(local id)
)swift");
}

TEST(SwiftStatements, GuardSelf) {
  EXPECT_EQ(stepsOf(R"swift(provider.start { [weak self] in
  guard let self = self else { return }
  self.provider.stop()
})swift"),
            R"swift(
  do
    #0 read provider() <Calls> self
    #1 method start(closure 0) on #0 <CXProvider>
    closure 0 () [weak self]
      guard
        then not(non-nil self)
          return
      do
        #0 read provider() on self <Calls> self
        #1 method stop() on #0 <CXProvider>
)swift");
}

TEST(SwiftStatements, SwitchWithFallthroughAndDefault) {
  EXPECT_EQ(stepsOf(R"swift(switch kind {
case .call where !busy: a()
  fallthrough
case .message(let text), .reply(let text):
  show(text)
@unknown default:
  break
})swift"),
            R"swift(
  switch has-else
    #0 read kind() <Calls> self
    case and(equal kind to .call, not(flag busy)) falls-through
      #0 read busy() <Calls> self
      do
        #0 function a()
      fallthrough
    case or(equal kind to .message(let text), equal kind to .reply(let text)) binds text binds text
      do
        #0 function show(local text)
    default
      break
)swift");
}

TEST(SwiftStatements, SwitchPatternsWithWhereInAList) {
  EXPECT_EQ(stepsOf(R"swift(switch kind {
case .a, .b where busy: x()
case is Call: y()
case "end": z()
default: break
})swift"),
            R"swift(
  switch has-else
    #0 read kind() <Calls> self
    case or(equal kind to .a, and(equal kind to .b, flag busy))
      #0 read busy() <Calls> self
      do
        #0 function x()
    case equal kind to is Call
      do
        #0 function y()
    case equal kind to "end"
      do
        #0 function z()
    default
      break
)swift");
}

TEST(SwiftStatements, Loops) {
  EXPECT_EQ(
      stepsOf(
          R"swift(outer: for (index, call) in calls.enumerated() where call.active {
  while let next = queue.next() { if next { continue outer } }
  repeat { tick() } while busy
  break outer
})swift"),
      R"swift(
  for outer
    #0 read calls() <Calls> self
    #1 method enumerated() on #0
    body flag call.active binds index binds call
      #0 read active() on call
      while
        body non-nil queue.next() binds next
          #0 read queue() <Calls> self
          #1 method next() on #0
          if
            then flag next
              continue outer
      repeat-while
        body flag busy
          #0 read busy() <Calls> self
          do
            #0 function tick()
      break outer
)swift");
}

TEST(SwiftStatements, AwaitingLoop) {
  EXPECT_EQ(stepsOf(R"swift(for await event in events { handle(event) })swift"),
            R"swift(
  for
    #0 read events() <Calls> self await
    #1 method next() on events await
    body binds event
      do
        #0 function handle(local event)
)swift");
}

TEST(SwiftStatements, DoCatch) {
  EXPECT_EQ(stepsOf(R"swift(do {
  try store.save(payload)
} catch let error as StoreError {
  log(error)
} catch {
  throw error
})swift"),
            R"swift(
  try
    body
      do
        #0 read store() <Calls> self try
        #1 method save(param payload) on #0 try
    catch other let error as StoreError binds error
      do
        #0 function log(local error)
    catch binds error
      throw result local error
)swift");
}

TEST(SwiftStatements, PlainDoAndDefer) {
  EXPECT_EQ(stepsOf(R"swift(defer { completion() }
do { a() })swift"),
            R"swift(
  defer
    body
      do
        #0 closure-call completion()
  scope
    body
      do
        #0 function a()
)swift");
}

TEST(SwiftStatements, ConfigurationHasAnArmEach) {
  EXPECT_EQ(stepsOf(R"swift(#if DEBUG
log("a")
#elseif os(iOS)
#if swift(>=5.9)
inner()
#endif
b()
#else
c()
#endif
d())swift"),
            R"swift(
  configuration has-else
    conditional other #if DEBUG
      do
        #0 function log("a")
    conditional other #elseif os(iOS)
      configuration
        conditional other #if swift(>=5.9)
          do
            #0 function inner()
      do
        #0 function b()
    conditional other #else
      do
        #0 function c()
  do
    #0 function d()
)swift");
}

TEST(SwiftStatements, LocalFunction) {
  EXPECT_EQ(
      stepsOf(
          R"swift(func report(_ id: UUID, done: @escaping () -> Void) { provider.report(id); done() }
report(x, done: completion))swift"),
      R"swift(
  local-function report
    body
      do
        #0 read provider() <Calls> self
        #1 method report(param id) on #0 <CXProvider>
      do
        #0 closure-call done()
  do
    #0 read x() <Calls> self
    #1 function report(member x, done: param completion)
)swift");
}

TEST(SwiftStatements, DeclarationForms) {
  EXPECT_EQ(stepsOf(R"swift(let a = 1, b: String = f()
var (p, q) = pair
let provider = CXProvider(configuration: c)
provider.setDelegate(self, queue: nil))swift"),
            R"swift(
  declare a: ? = 1 b: String = #0
    #0 function f()
  declare p: ? = member pair q: ? = member pair
    #0 read pair() <Calls> self
  declare provider: ? = #1
    #0 read c() <Calls> self
    #1 init CXProvider(configuration: member c) <CXProvider> type
  do
    #0 method setDelegate(member self, queue: nil) on provider <CXProvider>
)swift");
}

TEST(SwiftStatements, AsyncLetRunsOnItsOwn) {
  EXPECT_EQ(stepsOf(R"swift(async let name = contacts.name(of: payload)
provider.start())swift"),
            R"swift(
  declare name: ?
    #0 function async let(closure 0)
    closure 0 () async
      do
        #0 read contacts() <Calls> self
        #1 method name(of: param payload) on #0
  do
    #0 read provider() <Calls> self
    #1 method start() on #0 <CXProvider>
)swift");
}

TEST(SwiftStatements, AssignmentForms) {
  EXPECT_EQ(stepsOf(R"swift(busy = true
self.provider.delegate = self
onEnd = { a() }
counts["x"] = 3
total += 1
_ = f()
var local = 1
local = 2)swift"),
            R"swift(
  do busy := true
    #0 write busy(true) <Calls> self
  do self.provider.delegate := member self
    #0 read provider() on self <Calls> self
    #1 write delegate(member self) on #0 <CXProvider>
  do onEnd := closure 0
    #0 write onEnd(closure 0) <Calls> self
    closure 0 ()
      do
        #0 function a()
  do counts["x"] := 3
    #0 read counts() <Calls> self
    #1 subscript subscript("x") on #0
  do total := 1
    #0 write total(1) <Calls> self
  do
    #0 function f()
  declare local: ? = 1
  do local := 2
)swift");
}

TEST(SwiftStatements, IfAsAValue) {
  EXPECT_EQ(
      stepsOf(
          R"swift(let reason = if busy { first() } else { second() })swift"),
      R"swift(
  if has-else
    then flag busy
      #0 read busy() <Calls> self
      do
        #0 function first()
    else
      do
        #0 function second()
  declare reason: ? = ?if busy { first() } else { second() }
)swift");
}

TEST(SwiftStatements, SwitchAsAResult) {
  EXPECT_EQ(
      stepsOf(
          R"swift(return switch type { case .voIP: a() default: b() })swift"),
      R"swift(
  switch has-else
    case push-type voIP
      do
        #0 function a()
    default
      do
        #0 function b()
  return result ?switch type { case .voIP: a() default: b() }
)swift");
}

TEST(SwiftStatements, EmptyAndSemicolons) {
  EXPECT_EQ(stepsOf(R"swift(a(); b();
;)swift"),
            R"swift(
  do
    #0 function a()
  do
    #0 function b()
)swift");
}

TEST(SwiftStatements, OpaqueKeepsItsCalls) {
  EXPECT_EQ(stepsOf(R"swift(typealias Done = () -> Void
#warning("later")
a())swift"),
            R"swift(
  opaque
  opaque
  do
    #0 function a()
)swift");
}
