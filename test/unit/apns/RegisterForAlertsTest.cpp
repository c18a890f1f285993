//===-- RegisterForAlertsTest.cpp - the second push token -*- C++ -*-===//
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

const std::string SwiftPushes = R"(import PushKit
import UserNotifications

final class Pushes: NSObject, PKPushRegistryDelegate {
    private let registry = PKPushRegistry(queue: .main)
    private let server = Server()

    func start() {
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
    }

    func pushRegistry(_ registry: PKPushRegistry, didUpdate credentials: PKPushCredentials, for type: PKPushType) {
        let token = credentials.token.map { String(format: "%02x", $0) }.joined()
        NSLog("token: %@", token)
        server.register(voipToken: token)
    }

    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
        let content = UNMutableNotificationContent()
        content.body = payload.dictionaryPayload["text"] as? String ?? ""
        UNUserNotificationCenter.current().add(UNNotificationRequest(identifier: "m", content: content, trigger: nil))
        completion()
    }
}
)";

const std::string SwiftDelegate = R"(import UIKit

@UIApplicationMain
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let pushes = Pushes()

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        pushes.start()
        return true
    }
}
)";

const std::string ObjCDelegate = R"(#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>
#import <UserNotifications/UserNotifications.h>

@interface AppDelegate : UIResponder <UIApplicationDelegate, PKPushRegistryDelegate>
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)app didFinishLaunchingWithOptions:(NSDictionary *)options {
    PKPushRegistry *registry = [[PKPushRegistry alloc] initWithQueue:dispatch_get_main_queue()];
    registry.delegate = self;
    registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
    return YES;
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    UNMutableNotificationContent *content = [UNMutableNotificationContent new];
    content.body = payload.dictionaryPayload[@"text"];
    [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:[UNNotificationRequest requestWithIdentifier:@"m" content:content trigger:nil] withCompletionHandler:nil];
    completion();
}

@end
)";

bool contains(const std::string &Text, llvm::StringRef Part) {
  return llvm::StringRef(Text).contains(Part);
}

} // namespace

TEST(RegisterForAlerts, SwiftGetsPermissionRegistrationAndToken) {
  WrittenProject P({{"App/Pushes.swift", SwiftPushes},
                    {"App/AppDelegate.swift", SwiftDelegate}});
  P.fix({S::Tokens});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  const FixSet &Set = P.Sets.front();
  EXPECT_EQ(Set.Fix, "leave-pushkit");
  EXPECT_EQ(Set.A, Applicability::Placeholders);
  const std::string &After = P.Files["App/AppDelegate.swift"];
  EXPECT_TRUE(contains(
      After,
      "-> Bool {\n"
      "        // Ask where people see what they get: this is the latest.\n"
      "        UNUserNotificationCenter.current().requestAuthorization("
      "options: [.alert, .badge, .sound]) { _, error in\n"
      "            if let error = error {\n"
      "                NSLog(\"notifications are not allowed: \\(error)\")\n"
      "            }\n"
      "        }\n"
      "        application.registerForRemoteNotifications()\n"
      "        pushes.start()\n"))
      << After;
  EXPECT_TRUE(contains(After, "import UserNotifications\n"));
  EXPECT_TRUE(contains(
      After, "        let token = deviceToken.map { String(format: \"%02x\", "
             "$0) }.joined()\n"
             "        <#send token to the server as the APNs token, as "
             "server.register(voipToken:) sends the VoIP token#>\n"
             "    }\n"))
      << After;
  bool NamesCall = false;
  for (const std::string &Left : Set.LeftToDo)
    NamesCall |= contains(Left, "server.register(voipToken:) "
                                "(App/Pushes.swift:16)");
  EXPECT_TRUE(NamesCall);

  P.fix({S::Tokens});
  EXPECT_TRUE(P.Sets.empty()) << "a second run has nothing to add";
}

TEST(RegisterForAlerts, ObjectiveCGetsThemInItsOwnStyle) {
  WrittenProject P({{"App/AppDelegate.m", ObjCDelegate}});
  P.fix({S::Tokens});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  const std::string &After = P.Files["App/AppDelegate.m"];
  EXPECT_TRUE(contains(After, "    [app registerForRemoteNotifications];\n"
                              "    PKPushRegistry *registry"))
      << After;
  EXPECT_TRUE(contains(After, "    NSMutableString *token = [NSMutableString "
                              "string];\n"))
      << After;
  EXPECT_TRUE(contains(
      After, "    <#send token to the server as the APNs token#>\n}\n"));
  P.fix({S::Tokens});
  EXPECT_TRUE(P.Sets.empty());
}

TEST(RegisterForAlerts, AddsWhatIsMissingOnly) {
  std::string Delegate = SwiftDelegate;
  llvm::StringRef Start = "        pushes.start()\n";
  Delegate.insert(Delegate.find(Start.str()),
                  "        application.registerForRemoteNotifications()\n");
  std::string Methods =
      "\n    func application(_ application: UIApplication, "
      "didRegisterForRemoteNotificationsWithDeviceToken token: Data) {\n"
      "    }\n";
  Delegate.insert(Delegate.rfind('}'), Methods);
  WrittenProject P(
      {{"App/Pushes.swift", SwiftPushes}, {"App/AppDelegate.swift", Delegate}});
  P.fix({S::Tokens});
  ASSERT_EQ(P.Sets.size(), 1u) << P.Problems;
  EXPECT_EQ(P.Sets.front().A, Applicability::Review);
  const std::string &After = P.Files["App/AppDelegate.swift"];
  EXPECT_TRUE(contains(After, "requestAuthorization"));
  EXPECT_EQ(After.find("registerForRemoteNotifications()"),
            After.rfind("registerForRemoteNotifications()"));
  EXPECT_FALSE(contains(After, "<#"));
}

TEST(RegisterForAlerts, SaysThatAnAppDelegateIsNeeded) {
  WrittenProject P({{"App/Pushes.swift", SwiftPushes}});
  P.fix({S::Tokens});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_TRUE(contains(P.advice("ringfence-push-without-calls"),
                       "@UIApplicationDelegateAdaptor"))
      << P.advice("ringfence-push-without-calls");
}

/// The call that the placeholder for the APNs token names, with \p Body as the
/// body of the Swift method that gets the VoIP token; "" if it names none.
static std::string namedInSwift(llvm::StringRef Body,
                                llvm::StringRef More = "") {
  std::string Pushes = SwiftPushes;
  std::size_t Begin = Pushes.find("        let token");
  std::size_t End = Pushes.find("    }\n\n", Begin);
  Pushes.replace(Begin, End - Begin, Body.str());
  Pushes.insert(Pushes.rfind('}'), More.str());
  WrittenProject P(
      {{"App/Pushes.swift", Pushes}, {"App/AppDelegate.swift", SwiftDelegate}});
  P.fix({S::Tokens});
  llvm::StringRef After = P.Files["App/AppDelegate.swift"];
  if (!After.contains("<#send token to the server as the APNs token"))
    return "no placeholder";
  return After.split("APNs token, as ").second.split(" sends the").first.str();
}

static std::string namedInObjectiveC(llvm::StringRef Body,
                                     llvm::StringRef More = "") {
  std::string Text = ObjCDelegate;
  Text.insert(Text.rfind("@end"),
              ("- (void)pushRegistry:(PKPushRegistry *)registry "
               "didUpdatePushCredentials:(PKPushCredentials *)credentials "
               "forType:(PKPushType)type {\n" +
               Body + "}\n" + More + "\n")
                  .str());
  WrittenProject P({{"App/AppDelegate.m", Text}});
  P.fix({S::Tokens});
  llvm::StringRef After = P.Files["App/AppDelegate.m"];
  if (!After.contains("<#send token to the server as the APNs token"))
    return "no placeholder";
  return After.split("APNs token, as ").second.split(" sends the").first.str();
}

TEST(VoipTokenUse, AFormatterSendsNothing) {
  EXPECT_EQ(namedInSwift("        let hex = formatter.string(from: "
                         "credentials.token)\n"
                         "        server.register(hex)\n"),
            "server.register(_:)");
  EXPECT_EQ(namedInSwift("        server.register(formatter.string(from: "
                         "credentials.token))\n"),
            "server.register(_:)");
  EXPECT_EQ(namedInSwift("        let hex = formatter.string(from: "
                         "credentials.token)\n"),
            "");
  EXPECT_EQ(namedInObjectiveC("    NSString *hex = [DeviceToken "
                              "stringWithDeviceToken:credentials.token];\n"
                              "    [[Server shared] registerDevice:hex];\n"),
            "[[Server shared] registerDevice:]");
  EXPECT_EQ(
      namedInObjectiveC("    [[Server shared] registerDevice:[DeviceToken "
                        "stringWithDeviceToken:credentials.token]];\n"),
      "[[Server shared] registerDevice:]");
  EXPECT_EQ(namedInObjectiveC("    NSString *hex = [DeviceToken "
                              "stringWithDeviceToken:credentials.token];\n"),
            "");
}

TEST(VoipTokenUse, ALoggerSendsNothing) {
  // By its name, by its member's type, by its function's name.
  EXPECT_EQ(namedInSwift("        appLog.note(credentials.token)\n"
                         "        server.register(credentials.token)\n"),
            "server.register(_:)");
  EXPECT_EQ(namedInSwift("        diary.note(credentials.token)\n",
                         "    let diary = FileLogger()\n"),
            "");
  EXPECT_EQ(namedInSwift("        logToken(credentials.token)\n"
                         "        server.logIn(credentials.token)\n"),
            "server.logIn(_:)");
  EXPECT_EQ(namedInObjectiveC("    [self.log noteToken:credentials.token];\n"
                              "    [self.api sendToken:credentials.token];\n"),
            "[self.api sendToken:]");
  // What it does says so, too.
  EXPECT_EQ(namedInSwift("        tell(credentials.token)\n",
                         "    func tell(_ value: Data) {\n"
                         "        NSLog(\"token %@\", value as NSData)\n"
                         "    }\n"),
            "");
  EXPECT_EQ(namedInObjectiveC("    [self tell:credentials.token];\n",
                              "- (void)tell:(NSData *)value {\n"
                              "    NSLog(@\"token %@\", value);\n"
                              "}\n"),
            "");
}

TEST(VoipTokenUse, SendingIsMoreThanKeeping) {
  EXPECT_EQ(namedInSwift("        account.store(credentials.token)\n"
                         "        server.register(credentials.token)\n"),
            "server.register(_:)");
  EXPECT_EQ(namedInSwift("        account.store(credentials.token)\n"),
            "account.store(_:)");
  EXPECT_EQ(namedInObjectiveC("    [self.account setToken:credentials.token];\n"
                              "    [self.api sendToken:credentials.token];\n"),
            "[self.api sendToken:]");
}
