//===-- ExitPlacesTest.cpp - where exits in helpers are named -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InMemoryProject.h"
#include "gtest/gtest.h"
#include <set>

using namespace ringfence;
using namespace ringfence::test;

namespace {

/// Lines of \p Text that end in "//!".
std::set<unsigned> marked(llvm::StringRef Text) {
  std::set<unsigned> Lines;
  for (unsigned Line = 1; !Text.empty(); ++Line) {
    auto [First, Rest] = Text.split('\n');
    if (First.contains("//!"))
      Lines.insert(Line);
    Text = Rest;
  }
  return Lines;
}

/// The exits are named on the marked lines of \p Text, and nowhere else.
void check(const char *Path, const char *Text) {
  SCOPED_TRACE(std::string(Path) + "\n" + Text);
  InMemoryProject P;
  P.add(Path, Text);
  Verdict V = P.judgeFirst();
  EXPECT_EQ(V.R, Reports::SomePaths);
  std::set<unsigned> Found;
  for (const UnreportedExit &E : V.Exits)
    Found.insert(E.At.line());
  EXPECT_EQ(Found, marked(Text));
}

} // namespace

TEST(ExitPlacesTest, AHelperReturnsBehindAnother) {
  check("Push.swift", R"(import PushKit
import CallKit
class Pushes: NSObject, PKPushRegistryDelegate {
  let provider = CXProvider(configuration: CXProviderConfiguration())
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
    receive(payload.dictionaryPayload)
    completion()
  }
  func receive(_ info: [AnyHashable: Any]) {
    guard let id = info["id"] as? String else {
      giveUp()
      return
    }
    provider.reportNewIncomingCall(with: UUID(uuidString: id)!, update: CXCallUpdate()) { _ in }
  }
  func giveUp() {
    guard Settings.usesCallKit else {
      return //!
    }
    provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in }
  }
}
)");
  check("Push.m", R"(#import <PushKit/PushKit.h>
#import <CallKit/CallKit.h>
@implementation Pushes
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
  [self receive:payload.dictionaryPayload];
  completion();
}
- (void)receive:(NSDictionary *)info {
  if (!info[@"id"]) {
    [self giveUp];
    return;
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
}
- (void)giveUp {
  if (!self.usesCallKit) {
    return; //!
  }
  [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
}
@end
)");
}

TEST(ExitPlacesTest, AHelperHandsOnWhatAnotherReturns) {
  check("Push.swift", R"(import PushKit
import CallKit
class Pushes: NSObject, PKPushRegistryDelegate {
  let provider = CXProvider(configuration: CXProviderConfiguration())
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
    handOn(payload.dictionaryPayload)
    completion()
  }
  @discardableResult
  func handOn(_ info: [AnyHashable: Any]) -> Bool {
    return receive(info)
  }
  func receive(_ info: [AnyHashable: Any]) -> Bool {
    guard let id = info["id"] as? String else {
      return false //!
    }
    provider.reportNewIncomingCall(with: UUID(uuidString: id)!, update: CXCallUpdate()) { _ in }
    return true
  }
}
)");
}

TEST(ExitPlacesTest, AnErrorBehindAHelper) {
  check("Push.m", R"(#import <PushKit/PushKit.h>
#import <CallKit/CallKit.h>
@implementation Pushes
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
  [self receive:payload.dictionaryPayload];
  @try {
    [self tell:payload.dictionaryPayload];
  } @catch (NSException *exception) {
    return;
  } @finally {
    completion();
  }
}
- (void)receive:(NSDictionary *)info {
  if (info[@"over"]) {
    [self stop]; //!
  } else {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
  }
}
@end
)");
}

/// The SDK calls the delegate back in another file: an extension of the type
/// that hands the push on.
TEST(ExitPlacesTest, ACallbackInAnExtension) {
  InMemoryProject P;
  P.add("AppDelegate.swift", R"(import PushKit
import TwilioVoice
extension AppDelegate: PKPushRegistryDelegate {
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
    TwilioVoiceSDK.handleNotification(payload.dictionaryPayload, delegate: self, delegateQueue: nil)
    completion()
  }
}
)");
  P.add("AppDelegate+Calls.swift", R"(import CallKit
import TwilioVoice
extension AppDelegate: NotificationDelegate {
  func callInviteReceived(callInvite: CallInvite) {
    guard callInvite.isWanted else {
      return
    }
    provider.reportNewIncomingCall(with: callInvite.uuid, update: CXCallUpdate()) { _ in }
  }
}
)");
  JudgeOptions Options;
  Options.ProjectReports = true;
  Verdict V = P.judgeFirst(Options);
  EXPECT_EQ(V.R, Reports::Unknown);
  ASSERT_EQ(V.Exits.size(), 1u);
  EXPECT_EQ(V.Exits.front().At.line(), 6u);
}
