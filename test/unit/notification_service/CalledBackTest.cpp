//===-- CalledBackTest.cpp - content that is filled in callbacks ----------===//
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

const char *Names = R"(import Foundation

final class NameBook {
    func find(_ id: String, completion: @escaping (String?, Error?) -> Void) { completion(nil, nil) }
    func look(_ id: String, completion: @escaping (Result<String, Error>) -> Void) {}
    func name(of id: String) async -> String? { return nil }
}
)";

/// A handler whose message arm is \p Arm.
std::string handler(const std::string &Arm) {
  return R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())
    private let names = NameBook()

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        switch info["kind"] as? String {
        case "message":
            let sender = info["sender"] as? String ?? ""
)" + Arm +
         R"(        default:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }
}
)";
}

WrittenProject project(const std::string &Arm) {
  return WrittenProject(
      {{"App/Pushes.swift", handler(Arm)}, {"App/NameBook.swift", Names}});
}

/// What the type that fills the content holds, from its first method on.
std::string filler(const WrittenProject &P) {
  auto It = P.Files.find("App/MessageNotification.swift");
  if (It == P.Files.end())
    return "no filler: " + P.Problems + P.advice("ringfence-message-work");
  return It->second.substr(It->second.find("struct "));
}

TEST(CalledBack, FillsAndSaysSoOnEveryPath) {
  WrittenProject P = project(
      R"(            names.find(sender) { [weak self] name, error in
                guard error == nil else {
                    completion()
                    return
                }
                let content = UNMutableNotificationContent()
                if let name = name {
                    content.title = name
                }
                content.body = info["text"] as? String ?? ""
                let request = UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil)
                UNUserNotificationCenter.current().add(request)
                completion()
            }
)");
  std::string Before = P.Files["App/Pushes.swift"];
  P.fix({S::Move});
  EXPECT_EQ(filler(P), R"(struct MessageNotification {
    private let names = NameBook()

    /// Calls `done` when the content is filled, on any thread.
    func fill(_ content: UNMutableNotificationContent, from info: [AnyHashable: Any],
              then done: @escaping () -> Void) {
        guard info["kind"] as? String == "message" else {
            done()
            return
        }
        let sender = info["sender"] as? String ?? ""
        names.find(sender) { name, error in
            if let name = name {
                content.title = name
            }
            content.body = info["text"] as? String ?? ""
            done()
        }
    }
}
)");
  // The handler goes on as it is.
  EXPECT_EQ(P.Files["App/Pushes.swift"], Before);
  std::string Service =
      P.Files["AppNotificationService/NotificationService.swift"];
  EXPECT_NE(Service.find(R"(
        messageNotification.fill(delivery.content, from: request.content.userInfo) {
            delivery.finish()
        }
    }
)"),
            std::string::npos)
      << Service;
  std::map<std::string, std::string> Once = P.Files;
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_EQ(P.Files, Once);
}

TEST(CalledBack, IsAskedWhatItHasBrought) {
  WrittenProject P = project(
      R"(            let content = UNMutableNotificationContent()
            content.body = info["text"] as? String ?? ""
            names.look(sender) { result in
                switch result {
                case .success(let name):
                    content.title = name
                    UNUserNotificationCenter.current().add(
                        UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil))
                case .failure:
                    break
                }
                completion()
            }
)");
  P.fix({S::Move});
  EXPECT_NE(
      filler(P).find(R"(        content.body = info["text"] as? String ?? ""
        names.look(sender) { result in
            guard case .success(let name) = result else {
                done()
                return
            }
            content.title = name
            done()
        }
)"),
      std::string::npos)
      << filler(P);
}

TEST(CalledBack, ATaskIsAwaited) {
  WrittenProject P = project(
      R"(            Task {
                let name = await self.names.name(of: sender)
                let content = UNMutableNotificationContent()
                content.title = name ?? sender
                try? await UNUserNotificationCenter.current().add(
                    UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil))
                completion()
            }
)");
  P.fix({S::Move});
  EXPECT_NE(filler(P).find(R"(        Task {
            let name = await self.names.name(of: sender)
            content.title = name ?? sender
            done()
        }
)"),
            std::string::npos)
      << filler(P);
}

// Where the object is gone, so is the name.
TEST(CalledBack, WhatAsksAnObjectThatMayBeGoneStays) {
  WrittenProject P = project(
      R"(            names.find(sender) { [weak self] name, _ in
                let content = UNMutableNotificationContent()
                content.title = self?.names.description ?? name ?? ""
                UNUserNotificationCenter.current().add(
                    UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil))
                completion()
            }
)");
  P.fix({S::Move});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_NE(P.advice("ringfence-message-work").find("may be gone by then"),
            std::string::npos)
      << P.advice("ringfence-message-work");
}

const char *ObjC = R"(#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UserNotifications/UserNotifications.h>
#import "NameBook.h"

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic) CXProvider *provider;
@end

@implementation Pushes

- (NSString *)titleFor:(NSString *)name {
    return [name uppercaseString];
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    NSDictionary *info = payload.dictionaryPayload;
    if ([info[@"kind"] isEqualToString:@"message"]) {
        __weak typeof(self) weakSelf = self;
        [[NameBook shared] find:info[@"sender"] success:^(NSString *name) {
            UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
            content.title = [weakSelf titleFor:name];
            content.body = info[@"text"];
            UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:[NSUUID UUID].UUIDString content:content trigger:nil];
            [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
            completion();
        } failure:^(NSError *error) {
            completion();
        }];
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
)";

TEST(CalledBack, InObjectiveCAFailureEndsItToo) {
  WrittenProject P({{"App/Pushes.m", ObjC},
                    {"App/NameBook.h", "#import <Foundation/Foundation.h>\n\n"
                                       "@interface NameBook : NSObject\n"
                                       "+ (instancetype)shared;\n"
                                       "- (void)find:(NSString *)name "
                                       "success:(void (^)(NSString *))success "
                                       "failure:(void (^)(NSError *))failure;\n"
                                       "@end\n"}});
  P.fix({S::Move});
  std::string Filler = P.Files["App/MessageNotification.m"];
  EXPECT_NE(
      Filler.find(R"(- (void)fillContent:(UNMutableNotificationContent *)content
       fromUserInfo:(NSDictionary *)info
               then:(void (^)(void))done {
    if (![info[@"kind"] isEqualToString:@"message"]) {
        done();
        return;
    }
    [[NameBook shared] find:info[@"sender"] success:^(NSString *name) {
        content.title = [self titleFor:name];
        content.body = info[@"text"];
        done();
    } failure:^(NSError *error) {
        done();
    }];
}
)"),
      std::string::npos)
      << Filler << P.Problems << P.advice("ringfence-message-work");
  EXPECT_NE(Filler.find("- (NSString *)titleFor:(NSString *)name {"),
            std::string::npos);
  std::string Service = P.Files["AppNotificationService/NotificationService.m"];
  EXPECT_NE(Service.find(R"(
    [self.messageNotification fillContent:delivery.content fromUserInfo:request.content.userInfo then:^{
        [delivery finish];
    }];
}
)"),
            std::string::npos)
      << Service;
}

// The step "extension" has been applied before.
TEST(CalledBack, AServiceWrittenEarlierWaits) {
  WrittenProject P = project(
      R"(            names.find(sender) { name, _ in
                let content = UNMutableNotificationContent()
                content.title = name ?? sender
                UNUserNotificationCenter.current().add(
                    UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil))
                completion()
            }
)");
  WrittenProject Q = WrittenProject(P.Files);
  P.fix({S::Extension, S::Move});
  Q.fix({S::Extension});
  Q.fix({S::Move});
  EXPECT_EQ(Q.Sets.size(), 1u) << Q.Problems;
  EXPECT_EQ(P.Files, Q.Files);
}

TEST(CalledBack, AnEnumeratorsValuesAreAskedFor) {
  WrittenProject P({{"App/Pushes.swift", R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let push = Push(payload.dictionaryPayload)
        switch push {
        case .message(let message):
            show(message, count: 1)
            completion()
        case .call:
            provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
        }
    }

    private func show(_ message: Message, count: Int) {
        let content = UNMutableNotificationContent()
        content.title = message.sender
        content.badge = NSNumber(value: count)
        UNUserNotificationCenter.current().add(
            UNNotificationRequest(identifier: message.id, content: content, trigger: nil))
    }
}
)"},
                    {"App/Push.swift", R"(struct Message {
    let id: String
    let sender: String
}

enum Push {
    case call
    case message(Message)

    init(_ info: [AnyHashable: Any]) {
        self = .message(Message(id: info["id"] as? String ?? "", sender: info["sender"] as? String ?? ""))
    }
}
)"}});
  P.fix({S::Move});
  EXPECT_NE(filler(P).find(R"(        let push = Push(userInfo)
        guard case .message(let message) = push else { return }
        let count: Int = 1
        content.title = message.sender
        content.badge = NSNumber(value: count)
)"),
            std::string::npos)
      << filler(P);
}

// What is handed on from helper to helper is computed from the push.
TEST(CalledBack, HelpersAreFollowedThreeCallsDeep) {
  WrittenProject P({{"App/Pushes.swift", R"(import CallKit
import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let provider = CXProvider(configuration: CXProviderConfiguration())

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let info = payload.dictionaryPayload
        if info["kind"] as? String == "message" {
            receive(from: info["sender"] as? String ?? "", in: info)
            completion()
            return
        }
        provider.reportNewIncomingCall(with: UUID(), update: CXCallUpdate()) { _ in completion() }
    }

    private func receive(from sender: String, in push: [AnyHashable: Any]) {
        guard let text = push["text"] as? String else { return }
        Alerts.announce(title: sender.uppercased(), text: text)
    }
}
)"},
                    {"App/Alerts.swift", R"(import UserNotifications

enum Alerts {
    static func announce(title: String, text: String) {
        if !text.isEmpty {
            show(title, text)
        }
    }

    private static func show(_ title: String, _ body: String) {
        let content = UNMutableNotificationContent()
        content.title = title
        content.body = body
        UNUserNotificationCenter.current().add(
            UNNotificationRequest(identifier: UUID().uuidString, content: content, trigger: nil))
    }
}
)"}});
  P.fix({S::Move});
  std::string All;
  for (const auto &[Path, Text] : P.Files)
    if (llvm::StringRef(Path).ends_with("/MessageNotification.swift"))
      All = Text;
  EXPECT_NE(All.find(R"( {
        guard push["kind"] as? String == "message" else { return }
        let sender: String = push["sender"] as? String ?? ""
        guard let text = push["text"] as? String else { return }
        let title: String = sender.uppercased()
        guard !text.isEmpty else { return }
        let body: String = text
        content.title = title
        content.body = body
    }
)"),
            std::string::npos)
      << All << P.Problems << P.advice("ringfence-message-work");
}

} // namespace
