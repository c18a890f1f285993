//===-- ConditionsTest.cpp - what branches ask -*- C++ -*-===//
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

TEST(SwiftConditions, PushTypes) {
  EXPECT_EQ(stepsOf(R"swift(if type == .voIP { }
if payload.type != PKPushType.voIP { }
guard type.rawValue == PKPushType.voIP.rawValue else { return }
guard case .voIP = type else { return }
if .fileProvider == type { })swift"),
            R"swift(
  if
    then push-type voIP
  if
    then not(push-type voIP)
      #0 read type() on payload <PKPushPayload>
      #1 read voIP() on PKPushType <PKPushType> type
  guard
    then not(push-type voIP)
      #0 read rawValue() on type <PKPushType>
      #1 read voIP() on PKPushType <PKPushType> type
      #2 read rawValue() on #1
      return
  guard
    then not(push-type voIP)
      return
  if
    then push-type fileProvider
)swift");
}

TEST(SwiftConditions, PushTypeCases) {
  EXPECT_EQ(stepsOf(R"swift(switch type {
case .voIP: a()
case .fileProvider, .complication: b()
default: c()
})swift"),
            R"swift(
  switch has-else
    case push-type voIP
      do
        #0 function a()
    case or(push-type fileProvider, push-type complication)
      do
        #0 function b()
    default
      do
        #0 function c()
)swift");
}

TEST(SwiftConditions, SystemVersions) {
  EXPECT_EQ(stepsOf(R"swift(if #available(iOS 13, *) { }
if #available(macOS 11, iOS 14.5, *), busy { }
if #unavailable(iOS 13) { }
if #available(macOS 11, *) { }
if UIDevice.current.systemVersion.compare("13.0", options: .numeric) != .orderedAscending { }
if UIDevice.current.systemVersion.compare("13.0", options: .numeric) == .orderedAscending { }
if (UIDevice.current.systemVersion as NSString).floatValue >= 13.0 { }
if ProcessInfo.processInfo.operatingSystemVersion.majorVersion > 12 { }
if ProcessInfo.processInfo.operatingSystemVersion.majorVersion < 13 { }
if ProcessInfo.processInfo.isOperatingSystemAtLeast(OperatingSystemVersion(majorVersion: 13, minorVersion: 1, patchVersion: 0)) { }
if NSFoundationVersionNumber > NSFoundationVersionNumber_iOS_9_x_Max { })swift"),
            R"swift(
  if
    then os 13.0
  if
    then and(os 14.5, flag busy)
      #0 read busy() <Calls> self
  if
    then not(os 13.0)
  if
    then other #available(macOS 11, *)
  if
    then os 13.0
      #0 read current() on UIDevice <UIDevice> type
      #1 read systemVersion() on #0 <UIDevice>
      #2 method compare("13.0", options: ?.numeric) on #1
  if
    then not(os 13.0)
      #0 read current() on UIDevice <UIDevice> type
      #1 read systemVersion() on #0 <UIDevice>
      #2 method compare("13.0", options: ?.numeric) on #1
  if
    then os 13.0
      #0 read current() on UIDevice <UIDevice> type
      #1 read systemVersion() on #0 <UIDevice>
      #2 read floatValue() on #1 <NSString>
  if
    then os 13.0
      #0 read processInfo() on ProcessInfo <ProcessInfo> type
      #1 read operatingSystemVersion() on #0 <ProcessInfo>
      #2 read majorVersion() on #1
  if
    then not(os 13.0)
      #0 read processInfo() on ProcessInfo <ProcessInfo> type
      #1 read operatingSystemVersion() on #0 <ProcessInfo>
      #2 read majorVersion() on #1
  if
    then os 13.1
      #0 read processInfo() on ProcessInfo <ProcessInfo> type
      #1 init OperatingSystemVersion(majorVersion: 13, minorVersion: 1, patchVersion: 0) <OperatingSystemVersion> type
      #2 method isOperatingSystemAtLeast(#1) on #0 <ProcessInfo>
  if
    then os 10.0
)swift");
}

TEST(SwiftConditions, MustReport) {
  EXPECT_EQ(stepsOf(R"swift(if metadata.mustReport { }
guard !metadata.mustReport else { return }
if metadata.mustReport == false { }
let must = metadata.mustReport
if must && busy { })swift"),
            R"swift(
  if
    then must-report
      #0 read metadata() <Calls> self
      #1 read mustReport() on #0
  guard
    then not(not(must-report))
      #0 read metadata() <Calls> self
      #1 read mustReport() on #0
      return
  if
    then not(must-report)
      #0 read metadata() <Calls> self
      #1 read mustReport() on #0
  declare must: ? = ?metadata.mustReport
    #0 read metadata() <Calls> self
    #1 read mustReport() on #0
  if
    then and(must-report, flag busy)
      #0 read busy() <Calls> self conditional
)swift");
}

TEST(SwiftConditions, AppStates) {
  EXPECT_EQ(
      stepsOf(R"swift(if UIApplication.shared.applicationState == .active { }
let state = UIApplication.shared.applicationState
if state != .background { }
switch UIApplication.shared.applicationState {
case .active, .inactive: a()
default: b()
})swift"),
      R"swift(
  if
    then app-state active
      #0 read shared() on UIApplication <UIApplication> type
      #1 read applicationState() on #0 <UIApplication>
  declare state: ? = member UIApplication.shared.applicationState
    #0 read shared() on UIApplication <UIApplication> type
    #1 read applicationState() on #0 <UIApplication>
  if
    then not(app-state background)
  switch has-else
    #0 read shared() on UIApplication <UIApplication> type
    #1 read applicationState() on #0 <UIApplication>
    case or(app-state active, app-state inactive)
      do
        #0 function a()
    default
      do
        #0 function b()
)swift");
}

TEST(SwiftConditions, FlagsAndNil) {
  EXPECT_EQ(stepsOf(R"swift(if busy { }
if !self.busy { }
if self.busy == true, busy == false { }
if payload.id == nil || nil != payload.name { }
if (call?.active ?? false) { })swift"),
            R"swift(
  if
    then flag busy
      #0 read busy() <Calls> self
  if
    then not(flag self.busy)
      #0 read busy() on self <Calls> self
  if
    then and(flag self.busy, not(flag busy))
      #0 read busy() on self <Calls> self
      #1 read busy() <Calls> self
  if
    then or(not(non-nil payload.id), non-nil payload.name)
      #0 read id() on payload <PKPushPayload>
      #1 read name() on payload <PKPushPayload> conditional
  if
    then flag call.active
      #0 read call() <Calls> self
      #1 read active() on #0 optional
)swift");
}

TEST(SwiftConditions, OperatorsHaveSwiftsPrecedence) {
  EXPECT_EQ(stepsOf(R"swift(if a == nil || b != nil && c { }
if !(a && b) || c { }
if a != b ? x : y { }
if !list.isEmpty && x > 3 { })swift"),
            R"swift(
  if
    then or(not(non-nil a), and(non-nil b, flag c))
      #0 read a() <Calls> self
      #1 read b() <Calls> self conditional
      #2 read c() <Calls> self conditional
  if
    then or(not(and(flag a, flag b)), flag c)
      #0 read a() <Calls> self
      #1 read b() <Calls> self conditional
      #2 read c() <Calls> self conditional
  if
    then other a != b ? x : y
      #0 read a() <Calls> self
      #1 read b() <Calls> self
      #2 read x() <Calls> self conditional
      #3 read y() <Calls> self conditional
  if
    then and(not(flag list.isEmpty), other x > 3)
      #0 read list() <Calls> self
      #1 read isEmpty() on #0
      #2 read x() <Calls> self conditional
)swift");
}

TEST(SwiftConditions, Bindings) {
  EXPECT_EQ(stepsOf(R"swift(if let x { }
if let x = y, let z = f(x) as? Int { }
if case .some(let v) = w { }
if case let .call(id, name) = event, id == name { }
if let (p, q) = pair { }
while let next = it.next() { })swift"),
            R"swift(
  if
    then non-nil x binds x
  if
    then and(non-nil y, non-nil f(x) as? Int) binds x binds z
      #0 read y() <Calls> self
      #1 function f(local x)
  if
    then non-nil w binds v
      #0 read w() <Calls> self
  if
    then and(equal event to case let .call(id, name) = event, equal id to id == name) binds id binds name
      #0 read event() <Calls> self
  if
    then non-nil pair binds p binds q
      #0 read pair() <Calls> self
  while
    body non-nil it.next() binds next
      #0 read it() <Calls> self
      #1 method next() on #0
)swift");
}

TEST(SwiftConditions, ConstantsKeepWhatTheyAsk) {
  EXPECT_EQ(stepsOf(R"swift(let isCall = type == .voIP
if !isCall { }
let old = !ok
if old { })swift"),
            R"swift(
  declare isCall: ? = ?type == .voIP
  if
    then not(push-type voIP)
  declare old: ? = ?!ok
    #0 read ok() <Calls> self
  if
    then flag old
)swift");
}

TEST(SwiftConditions, Constants) {
  EXPECT_EQ(stepsOf(R"swift(while true { break }
if false { })swift"),
            R"swift(
  while
    body constant true
      break
  if
    then constant false
)swift");
}

TEST(SwiftConditions, ShortCircuitInside) {
  EXPECT_EQ(stepsOf(R"swift(if busy && check() || other(1) { })swift"),
            R"swift(
  if
    then or(and(flag busy, other check()), other other(1))
      #0 read busy() <Calls> self
      #1 function check() conditional
      #2 function other(1) conditional
)swift");
}

TEST(SwiftConditions, AwaitInAHead) {
  EXPECT_EQ(stepsOf(R"swift(if await store.isEmpty() { a() }
guard try await check(payload) else { return }
switch await kind() { case .a: b() default: c() })swift"),
            R"swift(
  if
    then other await store.isEmpty()
      #0 read store() <Calls> self await
      #1 method isEmpty() on #0 await
      do
        #0 function a()
  guard
    then not(other await check(payload))
      #0 function check(param payload) try await
      return
  switch has-else
    #0 function kind() await
    case equal await kind() to .a
      do
        #0 function b()
    default
      do
        #0 function c()
)swift");
}

TEST(SwiftConditions, IsAndAs) {
  EXPECT_EQ(stepsOf(R"swift(if x is Call && y as? Int != nil { })swift"),
            R"swift(
  if
    then and(other x is Call, non-nil y as? Int)
      #0 read x() <Calls> self
      #1 read y() <Calls> self conditional
)swift");
}
