//===-- LookUpTest.cpp - calls find their rows -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calls.h"
#include "matchers/effects/Catalogue.h"
#include "gtest/gtest.h"

using namespace ringfence;

static const Api *inSwift(const Call &C) {
  return Catalogue::builtin().find(C, Language::Swift);
}
static const Api *inObjC(const Call &C) {
  return Catalogue::builtin().find(C, Language::ObjC);
}
static Effect effectOf(const Api *A) { return A ? A->E : Effect::Unknown; }

TEST(LookUp, SwiftByWhatTheReceiverSays) {
  const Api *Add = inSwift(
      swiftCall("UNUserNotificationCenter.current()", "add", {"", "{"}));
  ASSERT_NE(Add, nullptr);
  EXPECT_EQ(Add->E, Effect::LocalNotification);
  EXPECT_EQ(Add->D, Destination::NotificationService);
  EXPECT_EQ(effectOf(inSwift(
                swiftCall("UserDefaults.standard", "set", {"", "forKey"}))),
            Effect::Defaults);
  EXPECT_EQ(
      effectOf(inSwift(swiftCall("FileManager.default", "removeItem", {"at"}))),
      Effect::File);
  const Api *Async = inSwift(swiftCall("DispatchQueue.main", "async", {"{"}));
  ASSERT_NE(Async, nullptr);
  EXPECT_EQ(Async->ClosuresRun, Runs::Later);
  const Api *Sync = inSwift(swiftCall("self.queue", "sync", {"{"}));
  ASSERT_NE(Sync, nullptr);
  EXPECT_EQ(Sync->ClosuresRun, Runs::Now);
}

TEST(LookUp, ObjectiveCByWhatTheReceiverSays) {
  EXPECT_EQ(effectOf(inObjC(
                message("[UNUserNotificationCenter currentNotificationCenter]",
                        "addNotificationRequest:withCompletionHandler:"))),
            Effect::LocalNotification);
  EXPECT_EQ(effectOf(inObjC(message("[NSUserDefaults standardUserDefaults]",
                                    "setObject:forKey:"))),
            Effect::Defaults);
  EXPECT_EQ(effectOf(inObjC(message("self.userInfo", "setObject:forKey:"))),
            Effect::Unknown);
  // A property written with a dot and its setter are one.
  EXPECT_EQ(effectOf(inObjC(property("UIApplication.sharedApplication",
                                     "applicationIconBadgeNumber", true))),
            Effect::Badge);
  EXPECT_EQ(effectOf(inObjC(message("[UIApplication sharedApplication]",
                                    "setApplicationIconBadgeNumber:"))),
            Effect::Badge);
  EXPECT_EQ(effectOf(inObjC(property("[UIApplication sharedApplication]",
                                     "applicationIconBadgeNumber"))),
            Effect::Pure);
}

TEST(LookUp, ReportsHoweverTheProviderIsReached) {
  for (const char *Receiver :
       {"provider", "self.provider", "callProvider", "calls.cxProvider!",
        "CallManager.shared.provider", "whatever"}) {
    const Api *A = inSwift(
        swiftCall(Receiver, "reportNewIncomingCall", {"with", "update", "{"}));
    ASSERT_NE(A, nullptr) << Receiver;
    EXPECT_TRUE(A->Reports) << Receiver;
  }
  const Api *A = inObjC(message(
      "self.provider", "reportNewIncomingCallWithUUID:update:completion:"));
  ASSERT_NE(A, nullptr);
  EXPECT_TRUE(A->Reports);
  // The type is known to be the project's own and the name says it all.
  Call C = swiftCall("p", "reportNewIncomingCall", {"with", "update", "{"});
  C.ReceiverType = "CallProviding";
  ASSERT_NE(inSwift(C), nullptr);
  EXPECT_TRUE(inSwift(C)->Reports);
}

TEST(LookUp, UpdatesAreNoReports) {
  for (auto Labels : {std::initializer_list<const char *>{"with", "updated"},
                      {"with", "endedAt", "reason"}}) {
    const Api *A = inSwift(swiftCall("provider", "reportCall", Labels));
    ASSERT_NE(A, nullptr);
    EXPECT_FALSE(A->Reports);
    EXPECT_EQ(A->E, Effect::CallUpdate);
  }
}

// What a project calls save, add, send or start is the project's business.
TEST(LookUp, ShortNamesNeedAReceiver) {
  EXPECT_EQ(inSwift(swiftCall("store", "save")), nullptr);
  EXPECT_EQ(inSwift(swiftCall("messages", "add", {""})), nullptr);
  EXPECT_EQ(inSwift(swiftCall("client", "send", {""})), nullptr);
  EXPECT_EQ(inSwift(swiftCall("engine", "start")), nullptr);
  EXPECT_EQ(inSwift(swiftCall("list", "set", {"", "forKey"})), nullptr);
  EXPECT_EQ(inSwift(swiftCall("", "save")), nullptr);
  EXPECT_EQ(inSwift(swiftCall("", "write", {""})), nullptr);
  EXPECT_EQ(inSwift(swiftCall("worker", "async", {"{"})), nullptr);
  EXPECT_EQ(inObjC(message("self.store", "save:")), nullptr);
  EXPECT_EQ(inObjC(message("self", "start")), nullptr);
  EXPECT_EQ(inObjC(message("self.engine", "connect")), nullptr);
}

TEST(LookUp, AKnownTypeOverridesTheName) {
  Call C = swiftCall("provider", "setDelegate", {"", "queue"});
  C.ReceiverType = "NSFileManager *";
  EXPECT_EQ(inSwift(C), nullptr);
  Call D = swiftCall("x", "save");
  D.ReceiverType = "NSManagedObjectContext";
  EXPECT_EQ(effectOf(inSwift(D)), Effect::Database);
  Call S = message("names", "addObject:");
  S.ReceiverType = "NSMutableArray<NSString *> *";
  EXPECT_EQ(effectOf(inObjC(S)), Effect::Pure);
}

TEST(LookUp, EveryObjectHasTheMembersOfNSObject) {
  Call C = message("badge", "isKindOfClass:");
  C.ReceiverType = "NSNumber *";
  EXPECT_EQ(effectOf(inObjC(C)), Effect::Pure);
  C.ReceiverType = "PNThingOfTheProject *";
  EXPECT_EQ(effectOf(inObjC(C)), Effect::Pure);
  C.Name = "performSelectorOnMainThread:withObject:waitUntilDone:";
  const Api *A = inObjC(C);
  ASSERT_NE(A, nullptr);
  EXPECT_EQ(A->ClosuresRun, Runs::Either);
}

TEST(LookUp, Subscripts) {
  Call C;
  C.K = Call::Kind::Subscript;
  C.Receiver = "info";
  C.Arguments.emplace_back();
  EXPECT_EQ(effectOf(inSwift(C)), Effect::Pure);
  C.ReceiverType = "NSDictionary *";
  EXPECT_EQ(effectOf(inObjC(C)), Effect::Pure);
  C.Receiver = "table";
  C.ReceiverType = "MessageTable";
  EXPECT_EQ(inSwift(C), nullptr);
  EXPECT_EQ(inObjC(C), nullptr);
}

TEST(LookUp, WhatAnEncoderMakesIsData) {
  EXPECT_EQ(effectOf(inSwift(swiftCall("try? JSONEncoder().encode(events)",
                                       "write", {"to", "options"}))),
            Effect::File);
}

TEST(LookUp, Functions) {
  EXPECT_EQ(effectOf(inSwift(swiftCall("", "print", {"", "separator"}))),
            Effect::Log);
  EXPECT_EQ(effectOf(inSwift(swiftCall("printer", "print", {""}))),
            Effect::Unknown);
  Call Log = swiftCall("", "NSLog", {"", ""});
  EXPECT_EQ(effectOf(inSwift(Log)), Effect::Log);
  Log.K = Call::Kind::Init; // capitalised, so a reader may take it for one
  EXPECT_EQ(effectOf(inSwift(Log)), Effect::Log);
  Call Macro = swiftCall("", "DDLogInfo", {""});
  Macro.K = Call::Kind::Macro;
  EXPECT_EQ(effectOf(inObjC(Macro)), Effect::Log);
  const Api *Fatal = inSwift(swiftCall("", "fatalError", {""}));
  ASSERT_NE(Fatal, nullptr);
  EXPECT_TRUE(Fatal->NoReturn);
  const Api *Assertion = inSwift(swiftCall("", "assertionFailure", {""}));
  ASSERT_NE(Assertion, nullptr);
  EXPECT_FALSE(Assertion->NoReturn);
}

TEST(LookUp, Initialisers) {
  Call C;
  C.K = Call::Kind::Init;
  C.Name = "UNMutableNotificationContent";
  EXPECT_EQ(effectOf(inSwift(C)), Effect::Pure);
  Call O = message("[UNMutableNotificationContent alloc]", "init");
  O.K = Call::Kind::Init;
  O.ReceiverType = "UNMutableNotificationContent";
  const Api *A = inObjC(O);
  ASSERT_NE(A, nullptr);
  EXPECT_EQ(A->D, Destination::NotificationService);
  C.Name = "MessageStore";
  EXPECT_EQ(inSwift(C), nullptr);
}

TEST(LookUp, ClosuresOfCollectionsRunNow) {
  for (const char *Name : {"forEach", "map", "filter", "compactMap"}) {
    const Api *A = inSwift(swiftCall("accounts", Name, {"{"}));
    ASSERT_NE(A, nullptr) << Name;
    EXPECT_EQ(A->ClosuresRun, Runs::Now) << Name;
  }
  const Api *First = inSwift(swiftCall("accounts", "first", {"where"}));
  ASSERT_NE(First, nullptr);
  EXPECT_EQ(First->ClosuresRun, Runs::Now);
  const Api *Each = inObjC(message("items", "enumerateObjectsUsingBlock:"));
  ASSERT_NE(Each, nullptr);
  EXPECT_EQ(Each->ClosuresRun, Runs::Now);
}

TEST(LookUp, WhoWaitsAndWhoHops) {
  const Api *Wait = inSwift(swiftCall("semaphore", "wait"));
  ASSERT_NE(Wait, nullptr);
  EXPECT_TRUE(Wait->Blocks);
  const Api *Task = inSwift([] {
    Call C = swiftCall("", "Task", {"{"});
    C.K = Call::Kind::Init;
    return C;
  }());
  ASSERT_NE(Task, nullptr);
  EXPECT_EQ(Task->ClosuresRun, Runs::Later);
  // perform(_:) of a type of the project may run its closure whenever.
  Call Perform = swiftCall("engine", "perform", {"{"});
  Perform.ReceiverType = "SyncEngine";
  EXPECT_EQ(inSwift(Perform), nullptr);
  EXPECT_EQ(inSwift(swiftCall("ctx", "perform", {"{"})), nullptr);
  const Api *Block = inObjC(message("context", "performBlockAndWait:"));
  ASSERT_NE(Block, nullptr);
  EXPECT_EQ(Block->ClosuresRun, Runs::Now);
}

// "Type.*" needs a receiver that says the whole type; a class message to
// another class is never meant.
TEST(LookUp, NoGuessesFromHalfANameOrAnotherClass) {
  EXPECT_EQ(inSwift(property("call", "state")), nullptr);
  EXPECT_EQ(inSwift(property("notification.request", "identifier")), nullptr);
  EXPECT_EQ(effectOf(inSwift(swiftCall("logger", "anything", {""}))),
            Effect::Log);
  EXPECT_EQ(inSwift(swiftCall("OtherKit", "didReceiveIncomingPush",
                              {"with", "forType"})),
            nullptr);
  EXPECT_EQ(inSwift(swiftCall("self", "pushRegistry",
                              {"", "didReceiveIncomingPushWith", "for", "{"})),
            nullptr);
}

TEST(LookUp, SdksThatCallBackSayWhom) {
  const Api *A = inSwift(swiftCall("TwilioVoiceSDK", "handleNotification",
                                   {"", "delegate", "delegateQueue"}));
  ASSERT_NE(A, nullptr);
  EXPECT_FALSE(A->Reports);
  EXPECT_FALSE(A->CallsBack.empty());
}
