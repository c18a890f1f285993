//===-- MoveObjCTest.cpp - message work of Objective-C handlers -----------===//
//
// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "test/unit/capture/WrittenProject.h"

using namespace ringfence;
using namespace ringfence::test;
using S = MigrationStep;

namespace {

const char *Handler = R"(#import "Pushes.h"
#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UserNotifications/UserNotifications.h>
#import "Cipher.h"

@interface Pushes () <PKPushRegistryDelegate>
@property (nonatomic, strong) Cipher *cipher;
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (instancetype)init {
    if ((self = [super init])) {
        _cipher = [[Cipher alloc] init];
    }
    return self;
}

- (NSString *)titleFor:(NSString *)sender {
    return [@"From " stringByAppendingString:sender];
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    NSString *kind = payload.dictionaryPayload[@"kind"];
    if ([kind isEqualToString:@"message"]) {
        // Bodies are encrypted.
        NSString *text = [self.cipher open:payload.dictionaryPayload[@"body"]];
        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.title = [self titleFor:payload.dictionaryPayload[@"sender"]];
        content.body = text ?: @"Encrypted message";
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:payload.dictionaryPayload[@"id"] content:content trigger:nil];
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
)";

WrittenProject pigeons() {
  return WrittenProject(
      {{"App/Pushes.m", Handler},
       {"App/Pushes.h", "#import <Foundation/Foundation.h>\n\n@interface "
                        "Pushes : NSObject\n@end\n"},
       {"App/Cipher.h", "#import <Foundation/Foundation.h>\n\n@interface "
                        "Cipher : NSObject\n- (NSString *)open:(NSString "
                        "*)body;\n@end\n"},
       {"App/Cipher.m", "#import \"Cipher.h\"\n\n@implementation Cipher\n- "
                        "(NSString *)open:(NSString *)body {\n    return "
                        "body;\n}\n@end\n"}});
}

TEST(MoveToNotificationServiceObjC, SharesWhatFillsTheContent) {
  WrittenProject P = pigeons();
  P.fix({S::Move});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-message-work");
  EXPECT_EQ(P.Files["App/MessageNotification.m"],
            R"(#import "MessageNotification.h"
#import "Cipher.h"

@interface MessageNotification ()
@property (nonatomic, readonly) Cipher *cipher;
@end

@implementation MessageNotification

- (instancetype)init {
    if ((self = [super init])) {
        _cipher = [[Cipher alloc] init];
    }
    return self;
}

- (void)fillContent:(UNMutableNotificationContent *)content
       fromUserInfo:(NSDictionary *)userInfo {
    NSString *kind = userInfo[@"kind"];
    if (![kind isEqualToString:@"message"]) {
        return;
    }
    // Bodies are encrypted.
    NSString *text = [self.cipher open:userInfo[@"body"]];
    content.title = [self titleFor:userInfo[@"sender"]];
    content.body = text ?: @"Encrypted message";
    // What the request was called; the system names a pushed one itself.
    NSMutableDictionary *identified = [content.userInfo mutableCopy];
    identified[@"notificationIdentifier"] = userInfo[@"id"];
    content.userInfo = identified;
}

- (NSString *)titleFor:(NSString *)sender {
    return [@"From " stringByAppendingString:sender];
}

@end
)");
  const std::string &Now = P.Files["App/Pushes.m"];
  EXPECT_NE(Now.find("#import \"MessageNotification.h\"\n"), std::string::npos);
  EXPECT_NE(
      Now.find("    if ([kind isEqualToString:@\"message\"]) {\n"
               "        UNMutableNotificationContent *content = "
               "[[UNMutableNotificationContent alloc] init];\n"
               "        [[[MessageNotification alloc] init] "
               "fillContent:content fromUserInfo:payload.dictionaryPayload];\n"
               "        UNNotificationRequest *request"),
      std::string::npos)
      << Now;
}

TEST(MoveToNotificationServiceObjC, ArgumentsAndBadgesMoveAlong) {
  const std::string Shared = R"(#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>
#import <UserNotifications/UserNotifications.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)showFrom:(NSString *)sender text:(NSString *)text {
    UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
    content.title = sender;
    content.body = text ?: @"New message";
    UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:@"m" content:content trigger:nil];
    [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    NSDictionary *info = payload.dictionaryPayload;
    if ([info[@"kind"] isEqualToString:@"message"]) {
)";
  const std::string Rest = R"(        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
)";
  auto Filler = [&](const std::string &Arm) {
    WrittenProject P({{"App/Pushes.m", Shared + Arm + Rest}});
    P.fix({S::Move});
    EXPECT_EQ(P.Sets.size(), 1u)
        << P.Problems << P.advice("ringfence-message-work");
    EXPECT_EQ(P.Files["App/Pushes.m"], Shared + Arm + Rest);
    std::string Text = P.Files["App/MessageNotification.m"];
    return Text.substr(std::min(Text.size(), Text.find("- (void)fill")));
  };
  EXPECT_EQ(Filler("        NSString *name = info[@\"name\"] ?: @\"Unknown\";\n"
                   "        [self showFrom:name text:info[@\"text\"]];\n"),
            R"(- (void)fillContent:(UNMutableNotificationContent *)content
       fromUserInfo:(NSDictionary *)info {
    if (![info[@"kind"] isEqualToString:@"message"]) {
        return;
    }
    NSString *name = info[@"name"] ?: @"Unknown";
    NSString *sender = name;
    NSString *text = info[@"text"];
    content.title = sender;
    content.body = text ?: @"New message";
}

@end
)");
  EXPECT_EQ(Filler("        NSNumber *unread = info[@\"unread\"];\n"
                   "        [UIApplication "
                   "sharedApplication].applicationIconBadgeNumber = "
                   "unread.integerValue;\n"),
            R"(- (void)fillContent:(UNMutableNotificationContent *)content
       fromUserInfo:(NSDictionary *)info {
    if (![info[@"kind"] isEqualToString:@"message"]) {
        return;
    }
    NSNumber *unread = info[@"unread"];
    content.badge = @(unread.integerValue);
}

@end
)");
}

TEST(MoveToNotificationServiceObjC, StepsComposeAndEnd) {
  WrittenProject P = pigeons(), Q = pigeons();
  P.fix({S::Extension, S::Move});
  EXPECT_EQ(P.Sets.size(), 2u) << P.Problems;
  Q.fix({S::Extension});
  Q.fix({S::Move});
  EXPECT_EQ(Q.Sets.size(), 1u) << Q.Problems;
  EXPECT_EQ(P.Files, Q.Files);
  P.fix({S::Extension, S::Move});
  EXPECT_TRUE(P.Sets.empty());
}

TEST(MoveToNotificationServiceObjC, NotificationsThatThePushTellsApartAllMove) {
  auto Arm = [](std::string Kind) {
    return "if ([payload.dictionaryPayload[@\"kind\"] isEqualToString:@\"" +
           Kind +
           R"("]) {
        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.body = payload.dictionaryPayload[@"text"];
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:@"m" content:content trigger:nil];
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
        completion();
        return;
    })";
  };
  std::string Code = Handler;
  std::size_t Begin = Code.find("    NSString *kind");
  Code.replace(Begin, Code.find("    [self.provider report") - Begin,
               "    " + Arm("message") + " else " + Arm("missed") + "\n");
  WrittenProject P({{"App/Pushes.m", Code}});
  P.fix({S::Extension, S::Move});
  const std::string &Now = P.Files["App/Pushes.m"];
  for (const char *Part :
       {"#import \"MessageNotification.h\"\n#import \"MissedNotification.h\"\n",
        "[[[MessageNotification alloc] init] fillContent:content",
        "[[[MissedNotification alloc] init] fillContent:content"})
    EXPECT_NE(Now.find(Part), std::string::npos)
        << Now << P.Problems << P.advice("ringfence-message-work");
  const std::string &Service =
      P.Files["AppNotificationService/NotificationService.m"];
  EXPECT_NE(Service.find("#import \"MissedNotification.h\"\n"),
            std::string::npos)
      << Service;
  EXPECT_NE(Service.find("    [[[MissedNotification alloc] init] fillContent:"),
            std::string::npos)
      << Service;
}

} // namespace
