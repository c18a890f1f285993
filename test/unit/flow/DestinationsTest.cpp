//===-- DestinationsTest.cpp - where work belongs -*- C++ -*-===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InMemoryProject.h"
#include "gtest/gtest.h"

using namespace ringfence;
using namespace ringfence::test;

namespace {

/// A handler's body in both languages. "//> d" behind a statement says where
/// its work belongs.
struct Body {
  const char *Name;
  const char *Swift;
  const char *ObjC;
  bool ProjectReports = true;
};

std::string swiftFile(const Body &B) {
  return std::string(R"(import PushKit
class Pushes: NSObject, PKPushRegistryDelegate {
  var pending: [String] = []
  func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload, for type: PKPushType, completion: @escaping () -> Void) {
    let info = payload.dictionaryPayload
)") + B.Swift +
         "\n  }\n}\n";
}

std::string objcFile(const Body &B) {
  return std::string(R"(#import <PushKit/PushKit.h>
@implementation Pushes
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
  NSDictionary *info = payload.dictionaryPayload;
)") + B.ObjC +
         "\n}\n@end\n";
}

using Lines = std::map<unsigned, std::set<std::string>>;

Lines expected(llvm::StringRef Text) {
  Lines Out;
  for (unsigned Line = 1; !Text.empty(); ++Line) {
    auto [First, Rest] = Text.split('\n');
    if (std::size_t At = First.find("//> "); At != llvm::StringRef::npos)
      Out[Line].insert(First.substr(At + 4).str());
    Text = Rest;
  }
  return Out;
}

void check(const Body &B, const char *Path, const std::string &Text) {
  SCOPED_TRACE(std::string(B.Name) + " in " + Path + "\n" + Text);
  InMemoryProject P;
  P.add(Path, Text);
  JudgeOptions Options;
  Options.ProjectReports = B.ProjectReports;
  Verdict V = P.judgeFirst(Options);
  Lines Want = expected(Text), Found;
  for (const Work &W : V.Steps)
    if (Want.count((W.HandlerAt ? W.HandlerAt : W.At).line()))
      Found[(W.HandlerAt ? W.HandlerAt : W.At).line()].insert(
          nameOf(W.D).str());
  EXPECT_FALSE(Want.empty());
  EXPECT_EQ(Found, Want);
}

const Body Bodies[] = {
    {"a badge set to 0 is no content", R"(
    if info["kind"] as? String == "message" {
      UIApplication.shared.applicationIconBadgeNumber = 0 //> after-report
    })",
     R"(
  if ([info[@"kind"] isEqualToString:@"message"]) {
    [[UIApplication sharedApplication] setApplicationIconBadgeNumber:0]; //> after-report
  })"},
    {"a badge that counts is", R"(
    if info["kind"] as? String == "message" {
      UIApplication.shared.applicationIconBadgeNumber = 3 //> notification-service
    })",
     R"(
  if ([info[@"kind"] isEqualToString:@"message"]) {
    [[UIApplication sharedApplication] setApplicationIconBadgeNumber:3]; //> notification-service
  })"},
    {"a spinner may stay", R"(
    if info["kind"] as? String == "call" {
      SVProgressHUD.dismiss() //> keep
    })",
     R"(
  if ([info[@"kind"] isEqualToString:@"call"]) {
    [SVProgressHUD dismiss]; //> keep
  })"},
    {"what is beside calls and takes the push is content", R"(
    if let id = info["id"] as? String {
      Engine.checkCall(id) //> after-report
    } else if let seq = info["seq"] as? String {
      Engine.received(Int(seq)) //> notification-service
      Engine.wakeUp(Now()) //> after-report
    })",
     R"(
  if (info[@"id"]) {
    [Engine checkCall:info[@"id"]]; //> after-report
  } else if (info[@"seq"]) {
    [Engine received:[Box boxWith:info[@"seq"]]]; //> notification-service
    [Engine wakeUp:[Clock now]]; //> after-report
  })"},
    {"what is kept of the push is worked on later", R"(
    let id = info["id"] as? String ?? ""
    pending.append(id) //> notification-service
    let request = UNNotificationRequest(identifier: id, content: UNMutableNotificationContent(), trigger: nil)
    UNUserNotificationCenter.current().add(request))",
     R"(
  for (NSMutableArray *events in self.pending.allValues) {
    [events addObject:info[@"id"]]; //> notification-service
  }
  UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:info[@"id"] content:[UNMutableNotificationContent new] trigger:nil];
  [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];)"},
    {"a value is unwrapped in an arm that is named for upkeep", R"(
    switch info["kind"] as? String {
    case "sync":
      if let address = URL(string: info["from"] as? String ?? "") {
        URLSession.shared.dataTask(with: address).resume() //> background-task
      }
    default:
      break
    })",
     R"(
  if ([info[@"kind"] isEqualToString:@"sync"]) {
    NSURL *address = [NSURL URLWithString:info[@"from"]];
    if (address != nil) {
      [[[NSURLSession sharedSession] dataTaskWithURL:address] resume]; //> background-task
    }
  })"},
    {"a connection of an app without calls fetches messages", R"(
    let stream = XMPPStream()
    stream.connect(withTimeout: 3) //> notification-service)",
     R"(
  XMPPStream *stream = [[XMPPStream alloc] init];
  [stream connectWithTimeout:3 error:nil]; //> notification-service)",
     false},
    {"what is kept for a background task stays with the request for it", R"(
    if info["kind"] as? String == "sync" {
      askForRefresh() //> after-report
      try? FileManager.default.removeItem(atPath: "Caches/old") //> background-task
    }
  }
  func askForRefresh() {
    try? Data().write(to: URL(fileURLWithPath: "kept"))
    try? BGTaskScheduler.shared.submit(BGAppRefreshTaskRequest(identifier: "refresh")))",
     R"(
  if ([info[@"kind"] isEqualToString:@"sync"]) {
    [self askForRefresh]; //> after-report
    [[NSFileManager defaultManager] removeItemAtPath:@"Caches/old" error:nil]; //> background-task
  }
}
- (void)askForRefresh {
  [[NSData data] writeToFile:@"kept" atomically:YES];
  [[BGTaskScheduler sharedScheduler] submitTaskRequest:request error:nil];)"},
    {"a placeholder that ends behind a hop serves no call", R"(
    if info["kind"] as? String == "sync" {
      let id = UUID()
      provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in //> after-report
        DispatchQueue.main.async {
          self.provider.reportCall(with: id, endedAt: nil, reason: .failed)
        }
      }
      try? FileManager.default.removeItem(atPath: "Caches/old") //> background-task
    })",
     R"(
  if ([info[@"kind"] isEqualToString:@"sync"]) {
    [self.provider reportNewIncomingCallWithUUID:id update:update completion:^(NSError *error) { //> after-report
      dispatch_async(dispatch_get_main_queue(), ^{
        [self.provider reportCallWithUUID:id endedAtDate:nil reason:CXCallEndedReasonFailed];
      });
    }];
    [[NSFileManager defaultManager] removeItemAtPath:@"Caches/old" error:nil]; //> background-task
  })"},
    {"one of an app with calls serves them", R"(
    let stream = XMPPStream()
    stream.connect(withTimeout: 3) //> after-report)",
     R"(
  XMPPStream *stream = [[XMPPStream alloc] init];
  [stream connectWithTimeout:3 error:nil]; //> after-report)"},
    {"a helper that answers a question does nothing with the push", R"(
    if has(info, "alert") { //> after-report
      UIApplication.shared.applicationIconBadgeNumber = 3
      keep(info) //> notification-service
    }
  }
  func has(_ info: [AnyHashable: Any], _ key: String) -> Bool {
    let keys = info.keys.map { $0 as? String }
    return keys.contains(key)
  }
  func keep(_ info: [AnyHashable: Any]) {
    last = info)",
     R"(
  if ([self dictionary:info has:@"alert"]) { //> after-report
    [[UIApplication sharedApplication] setApplicationIconBadgeNumber:3];
    [self keep:info]; //> notification-service
  }
}
- (BOOL)dictionary:(NSDictionary *)info has:(NSString *)key {
  NSArray *keys = [info allKeys];
  return [keys containsObject:key];
}
- (void)keep:(NSDictionary *)info {
  _last = info;)"},
    {"what a helper does beside ending the call goes with the call", R"(
    if let id = info["over"] as? String {
      endCall(id) //> after-report
    }
  }
  func endCall(_ id: String) {
    let controller = CXCallController()
    let action = CXEndCallAction(call: UUID(uuidString: id)!)
    controller.request(CXTransaction(action: action)) { error in
      self.window.rootViewController?.present(OverController(), animated: true)
    })",
     R"(
  if (info[@"over"]) {
    [self endCall:info[@"over"]]; //> after-report
  }
}
- (void)endCall:(NSString *)text {
  CXCallController *controller = [[CXCallController alloc] init];
  CXEndCallAction *action = [[CXEndCallAction alloc] initWithCallUUID:[[NSUUID alloc] initWithUUIDString:text]];
  [controller requestTransaction:[[CXTransaction alloc] initWithAction:action] completion:^(NSError *error) {
    [self.window.rootViewController presentViewController:[OverController new] animated:YES completion:nil];
  }];)"},
    {"a logger is known by its name", R"(
    UIApplication.shared.applicationIconBadgeNumber = 3
    Logging.push.note("got one", info) //> keep)",
     R"(
  [[UIApplication sharedApplication] setApplicationIconBadgeNumber:3];
  [[PushLogging shared] note:[NSString stringWithFormat:@"got %@", info]]; //> keep)"},
    {"a library that adds a notification shows it", R"(
    if info["kind"] as? String == "note" {
      notifier.addNotification(info) //> notification-service
    })",
     R"(
  if ([info[@"kind"] isEqualToString:@"note"]) {
    [notifier addNotification:info]; //> notification-service
  })"},
    {"other ways of a closure that reports late are not for the call", R"(
    DispatchQueue.main.async {
      if let id = info["id"] as? String {
        self.provider.reportNewIncomingCall(with: UUID(uuidString: id)!, update: CXCallUpdate()) { _ in completion() }
      } else {
        let content = UNMutableNotificationContent()
        content.body = info["text"] as? String ?? ""
        UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "", content: content, trigger: nil)) //> notification-service
      }
    })",
     R"(
  dispatch_async(dispatch_get_main_queue(), ^{
    if (info[@"id"]) {
      [self.provider reportNewIncomingCallWithUUID:[[NSUUID alloc] initWithUUIDString:info[@"id"]] update:[CXCallUpdate new] completion:^(NSError *error) { completion(); }];
    } else {
      UNMutableNotificationContent *content = [UNMutableNotificationContent new];
      content.body = info[@"text"];
      UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:@"" content:content trigger:nil];
      [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil]; //> notification-service
    }
  });)"},
};

class DestinationTest : public testing::TestWithParam<Body> {};

} // namespace

TEST_P(DestinationTest, Swift) {
  check(GetParam(), "Pushes.swift", swiftFile(GetParam()));
}
TEST_P(DestinationTest, ObjC) {
  check(GetParam(), "Pushes.m", objcFile(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Handlers, DestinationTest, testing::ValuesIn(Bodies));

/// Swift's enumerators are written behind their types, whose names say nothing
/// of the case.
TEST(DestinationsTest, TypesOfEnumeratorsSayNothing) {
  check({"enumerators", nullptr, nullptr}, "Pushes.swift",
        swiftFile({"enumerators", R"(
    let client = Client()
    switch info["state"] as? String {
    case MessageData.State.ringing.rawValue:
      client.take(info) //> after-report
    case MessageData.State.message.rawValue:
      client.take(info) //> notification-service
    default:
      break
    })",
                   ""}));
}

/// Some words of a name are those of a keychain's member.
TEST(DestinationsTest, ACollectionIsNoKeychain) {
  check({"removal", nullptr, nullptr}, "Pushes.swift",
        swiftFile({"removal", R"(
    UIApplication.shared.applicationIconBadgeNumber = 3
    transaction.removeObject(forKey: "last", inCollection: "hashes") //> after-report)",
                   ""}));
}

/// Nothing but what they report tells the two ways apart.
TEST(DestinationsTest, PlaceholdersOnOneWayAreNoCallsOnAnother) {
  check({"payloads of enumerators", nullptr, nullptr}, "Pushes.swift",
        swiftFile({"payloads of enumerators", R"(
    switch Event(info) {
    case .call(let id):
      provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in completion() }
    case .message(let text):
      let id = UUID()
      provider.reportNewIncomingCall(with: id, update: CXCallUpdate()) { _ in
        self.provider.reportCall(with: id, endedAt: nil, reason: .failed)
        completion()
      }
      let content = UNMutableNotificationContent()
      content.body = text
      UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "", content: content, trigger: nil)) //> notification-service
    })",
                   ""}));
}
