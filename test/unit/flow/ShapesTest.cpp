//===-- ShapesTest.cpp - handlers of one shape in both languages -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each shape is written in Swift and in Objective-C and must be judged alike.
// A line that leaves without a report ends in "//!", one whose report comes
// too late in "//~".
//
//===----------------------------------------------------------------------===//

#include "InMemoryProject.h"
#include "gtest/gtest.h"
#include <set>

using namespace ringfence;
using namespace ringfence::test;

namespace {

struct Shape {
  const char *Name;
  const char *Reports;
  const char *Completion;
  const char *Swift; ///< the body, without braces
  const char *ObjC;
  const char *SwiftHelpers = ""; ///< members
  const char *ObjCHelpers = "";
};

std::string swiftFile(const Shape &S) {
  return std::string(R"(import PushKit
import CallKit
class PushHandler: NSObject, PKPushRegistryDelegate {
  let provider = CXProvider(configuration: CXProviderConfiguration())
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
)") + S.Swift +
         "\n  } //end\n" + S.SwiftHelpers + "\n}\n";
}

std::string objcFile(const Shape &S) {
  return std::string(R"(#import <PushKit/PushKit.h>
#import <CallKit/CallKit.h>
@implementation PushHandler
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
)") + S.ObjC +
         "\n} //end\n" + S.ObjCHelpers + "\n@end\n";
}

/// Lines that bear \p Mark; "//!end" in the body marks the closing brace.
std::set<unsigned> marked(const std::string &Text, llvm::StringRef Mark) {
  std::set<unsigned> Lines;
  unsigned Line = 1;
  llvm::StringRef Rest = Text;
  bool End = Rest.contains((Mark + "end").str());
  while (!Rest.empty()) {
    auto [First, Next] = Rest.split('\n');
    if (First.contains(Mark) && !First.contains((Mark + "end").str()))
      Lines.insert(Line);
    if (End && First.contains("//end"))
      Lines.insert(Line);
    Rest = Next;
    ++Line;
  }
  return Lines;
}

void check(const Shape &S, const char *Path, const std::string &Text) {
  SCOPED_TRACE(std::string(S.Name) + " in " + Path + "\n" + Text);
  InMemoryProject P;
  P.add(Path, Text);
  ASSERT_EQ(P.files().front().Handlers.size(), 1u);
  Verdict V = P.judgeFirst();
  EXPECT_EQ(nameOf(V.R).str(), S.Reports);
  EXPECT_EQ(nameOf(V.Completion).str(), S.Completion);
  std::set<unsigned> Exits, Late;
  for (const UnreportedExit &E : V.Exits)
    (E.Late ? Late : Exits).insert((E.HandlerAt ? E.HandlerAt : E.At).line());
  EXPECT_EQ(Exits, marked(Text, "//!"));
  EXPECT_EQ(Late, marked(Text, "//~"));
}

const Shape Shapes[] = {
    {"straight", "always", "always",
     R"(
    let update = CXCallUpdate()
    provider.reportNewIncomingCall(with: UUID(), update: update) { error in
      completion()
    })",
     R"(
  CXCallUpdate *update = [[CXCallUpdate alloc] init];
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:update completion:^(NSError *error) {
    completion();
  }];)"},
    {"log only", "never", "never", R"(
    print("push") //!)",
     R"(
  NSLog(@"push"); //!)"},
    {"empty", "never", "never", R"(//!end)", R"(//!end)"},
    {"guard on a field", "some-paths", "some-paths",
     R"(
    guard let id = payload.dictionaryPayload["id"] as? String else {
      return //!
    }
    print(id)
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    completion())",
     R"(
  NSString *identifier = payload.dictionaryPayload[@"id"];
  if (!identifier) {
    return; //!
  }
  NSLog(@"%@", identifier);
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  completion();)"},
    {"other push types are exempt", "always", "always",
     R"(
    guard type == .voIP else {
      completion()
      return
    }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() })",
     R"(
  if (type != PKPushTypeVoIP) {
    completion();
    return;
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) { completion(); }];)"},
    {"below iOS 13 is exempt", "always", "some-paths",
     R"(
    if #available(iOS 13.0, *) {
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    } else {
      print("old")
    })",
     R"(
  if (@available(iOS 13.0, *)) {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) { completion(); }];
  } else {
    NSLog(@"old");
  })"},
    {"chain of arms", "some-paths", "always",
     R"(
    let kind = payload.dictionaryPayload["kind"] as? String
    if kind == "call" {
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    } else if kind == "end" {
      print("ended") //!
    } else {
      print("unknown") //!
    }
    completion())",
     R"(
  NSString *kind = payload.dictionaryPayload[@"kind"];
  if ([kind isEqualToString:@"call"]) {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  } else if ([kind isEqualToString:@"end"]) {
    NSLog(@"ended"); //!
  } else {
    NSLog(@"unknown"); //!
  }
  completion();)"},
    {"missing else goes on to the tail", "some-paths", "always",
     R"(
    if let id = payload.dictionaryPayload["id"] as? String {
      print(id)
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
    completion() //!)",
     R"(
  NSString *identifier = payload.dictionaryPayload[@"id"];
  if (identifier) {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  }
  completion(); //!)"},
    {"in a loop", "some-paths", "always",
     R"(
    for account in accounts {
      if account.isActive {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        break
      }
    }
    completion() //!)",
     R"(
  for (Account *account in self.accounts) {
    if (account.isActive) {
      [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
      break;
    }
  }
  completion(); //!)"},
    {"loop with a report behind it", "always", "always",
     R"(
    for account in accounts {
      guard account.isActive else { continue }
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
      completion()
      return
    }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    completion())",
     R"(
  for (Account *account in self.accounts) {
    if (!account.isActive) {
      continue;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
    completion();
    return;
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  completion();)"},
    {"on another queue", "late", "always",
     R"(
    DispatchQueue.main.async { self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() } } //~)",
     R"(
  dispatch_async(dispatch_get_main_queue(), ^{ [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) { completion(); }]; }); //~)"},
    {"on the same queue, waiting", "always", "always",
     R"(
    queue.sync {
      self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    })",
     R"(
  dispatch_sync(self.queue, ^{
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) { completion(); }];
  });)"},
    {"helper that always reports", "always", "always",
     R"(
    ring(payload, done: completion))",
     R"(
  [self ring:payload done:completion];)",
     R"(
  func ring(_ payload: PKPushPayload, done: @escaping () -> Void) {
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in done() }
  })",
     R"(
- (void)ring:(PKPushPayload *)payload done:(void (^)(void))done {
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) { done(); }];
})"},
    {"helper that sometimes reports", "some-paths", "always",
     R"(
    print("push")
    ring(payload) //!
    completion())",
     R"(
  NSLog(@"push");
  [self ring:payload]; //!
  completion();)",
     R"(
  func ring(_ payload: PKPushPayload) {
    guard let id = payload.dictionaryPayload["id"] as? String else {
      print("no id")
      return
    }
    print(id)
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
  })",
     R"(
- (void)ring:(PKPushPayload *)payload {
  NSString *identifier = payload.dictionaryPayload[@"id"];
  if (!identifier) {
    NSLog(@"no id");
    return;
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
})"},
    {"helper whose result tells", "some-paths", "never",
     R"(
    if ring(payload) {
      print("rang")
    } else {
      print("did not") //!
    })",
     R"(
  if ([self ring:payload]) {
    NSLog(@"rang");
  } else {
    NSLog(@"did not"); //!
  })",
     R"(
  func ring(_ payload: PKPushPayload) -> Bool {
    guard payload.dictionaryPayload["id"] != nil else { return false }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    return true
  })",
     R"(
- (BOOL)ring:(PKPushPayload *)payload {
  if (!payload.dictionaryPayload[@"id"]) return NO;
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  return YES;
})"},
    {"flag set beside a report", "always", "always",
     R"(
    var reported = false
    if payload.dictionaryPayload["id"] != nil {
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
      reported = true
    }
    if !reported {
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
    completion())",
     R"(
  BOOL reported = NO;
  if (payload.dictionaryPayload[@"id"]) {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
    reported = YES;
  }
  if (!reported) {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  }
  completion();)"},
    {"flag set in a loop", "always", "never",
     R"(
    var reported = false
    for account in accounts {
      if account.isActive {
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
        reported = true
      }
    }
    if !reported {
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    })",
     R"(
  BOOL reported = NO;
  for (Account *account in self.accounts) {
    if (account.isActive) {
      [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
      reported = YES;
    }
  }
  if (!reported) {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  })"},
    {"endless loop left by break", "always", "always",
     R"(
    while true {
      if queue.isEmpty { break }
      queue.removeFirst()
    }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    completion())",
     R"(
  while (YES) {
    if (self.queue.count == 0) { break; }
    [self.queue removeLastObject];
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  completion();)"},
    {"a catch that forgets", "some-paths", "always",
     R"(
    do {
      let call = try decode(payload.dictionaryPayload)
      provider.reportNewIncomingCall(with: call.uuid, update: CXCallUpdate()) { _ in }
    } catch {
      print(error) //!
    }
    completion())",
     R"(
  @try {
    [self.decoder decode:payload.dictionaryPayload];
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  } @catch (NSException *exception) {
    NSLog(@"%@", exception); //!
  }
  completion();)"},
    {"report in a deferred block", "always", "always",
     R"(
    defer {
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
      completion()
    }
    guard payload.dictionaryPayload["id"] != nil else { return }
    print("has an id"))",
     R"(
  @try {
    if (!payload.dictionaryPayload[@"id"]) return;
    NSLog(@"has an id");
  } @finally {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
    completion();
  })"},
    {"report only if the first half holds", "some-paths", "always",
     R"(
    _ = payload.dictionaryPayload["id"] != nil && ring()
    completion() //!)",
     R"(
  (void)(payload.dictionaryPayload[@"id"] != nil && [self ring]);
  completion(); //!)",
     R"(
  func ring() -> Bool {
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    return true
  })",
     R"(
- (BOOL)ring {
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  return YES;
})"},
    {"closure kept by the project", "late", "always",
     R"(
    whenReady { self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in } }
    completion() //~)",
     R"(
  [self whenReady:^{ [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}]; }];
  completion(); //~)",
     R"(
  var waiting: [() -> Void] = []
  func whenReady(_ body: @escaping () -> Void) { waiting.append(body) })",
     R"(
- (void)whenReady:(void (^)(void))body { self.waiting = body; })"},
    {"project helper that runs its closure", "always", "always",
     R"(
    locked { self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in } }
    completion())",
     R"(
  [self locked:^{ [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}]; }];
  completion();)",
     R"(
  func locked(_ body: () -> Void) {
    lock.lock()
    body()
    lock.unlock()
  })",
     R"(
- (void)locked:(void (^)(void))body {
  [self.lock lock];
  body();
  [self.lock unlock];
})"},
    {"one guard in each branch of a test that agrees", "some-paths",
     "some-paths",
     R"(
    if UIApplication.shared.applicationState != .active {
      return //!
    }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    if UIApplication.shared.applicationState == .active {
      completion()
    })",
     R"(
  if ([UIApplication sharedApplication].applicationState != UIApplicationStateActive) {
    return; //!
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  if ([UIApplication sharedApplication].applicationState == UIApplicationStateActive) {
    completion();
  })"},
    {"never, two arms before a shared log", "never", "never",
     R"(
    if UIApplication.shared.applicationState == .background {
      UIApplication.shared.applicationIconBadgeNumber = 1 //!
    } else {
      UIApplication.shared.applicationIconBadgeNumber = 2 //!
    }
    print("done"))",
     R"(
  if ([UIApplication sharedApplication].applicationState == UIApplicationStateBackground) {
    [UIApplication sharedApplication].applicationIconBadgeNumber = 1; //!
  } else {
    [UIApplication sharedApplication].applicationIconBadgeNumber = 2; //!
  }
  NSLog(@"done");)"},
    {"switch", "some-paths", "always",
     R"(
    switch payload.dictionaryPayload["kind"] as? String ?? "" {
    case "call":
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    case "message":
      UIApplication.shared.applicationIconBadgeNumber = 1 //!
    default:
      break //!
    }
    completion())",
     R"(
  switch ([payload.dictionaryPayload[@"kind"] intValue]) {
  case 1:
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
    break;
  case 2:
    [UIApplication sharedApplication].applicationIconBadgeNumber = 1;
    break; //!
  default:
    break; //!
  }
  completion();)"},
    {"noreturn is no exit", "always", "always",
     R"(
    guard payload.dictionaryPayload["id"] != nil else {
      fatalError("bad push")
    }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    completion())",
     R"(
  if (!payload.dictionaryPayload[@"id"]) {
    abort();
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  completion();)"},
    {"wait for another queue", "always", "never",
     R"(
    let done = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
      done.signal()
    }
    done.wait())",
     R"(
  dispatch_semaphore_t done = dispatch_semaphore_create(0);
  dispatch_async(dispatch_get_global_queue(0, 0), ^{
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
    dispatch_semaphore_signal(done);
  });
  dispatch_semaphore_wait(done, DISPATCH_TIME_FOREVER);)"},
    {"local closure", "always", "always",
     R"(
    let ring = {
      self.provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
    ring()
    completion())",
     R"(
  void (^ring)(void) = ^{
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  };
  ring();
  completion();)"},
    {"a helper that calls itself and reports in the end", "always", "always",
     R"(
    ring(3)
    completion())",
     R"(
  [self ring:3];
  completion();)",
     R"(
  func ring(_ tries: Int) {
    if tries > 0 {
      ring(tries - 1)
      return
    }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
  })",
     R"(
- (void)ring:(NSInteger)tries {
  if (tries > 0) {
    [self ring:tries - 1];
    return;
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
})"},
    {"two helpers that call each other", "some-paths", "always", R"(
    ring(3) //!
    completion())",
     R"(
  [self ring:3]; //!
  completion();)",
     R"(
  func ring(_ tries: Int) {
    if tries > 0 {
      again(tries)
    } else {
      provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    }
  }
  func again(_ tries: Int) {
    if tries > 9 {
      return
    }
    ring(tries - 1)
  })",
     R"(
- (void)ring:(NSInteger)tries {
  if (tries > 0) {
    [self again:tries];
  } else {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  }
}
- (void)again:(NSInteger)tries {
  if (tries > 9) {
    return;
  }
  [self ring:tries - 1];
})"},
    {"a helper that never stops calling itself", "always", "always", R"(
    ring()
    completion())",
     R"(
  [self ring];
  completion();)",
     R"(
  func ring() {
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
    ring()
  })",
     R"(
- (void)ring {
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  [self ring];
})"},
};

class ShapeTest : public testing::TestWithParam<Shape> {};

TEST_P(ShapeTest, Swift) {
  check(GetParam(), "Push.swift", swiftFile(GetParam()));
}
TEST_P(ShapeTest, ObjC) { check(GetParam(), "Push.m", objcFile(GetParam())); }

INSTANTIATE_TEST_SUITE_P(Handlers, ShapeTest, testing::ValuesIn(Shapes),
                         [](const testing::TestParamInfo<Shape> &I) {
                           std::string Name = I.param.Name;
                           for (char &C : Name)
                             if (!isalnum(static_cast<unsigned char>(C)))
                               C = '_';
                           return Name;
                         });

} // namespace
