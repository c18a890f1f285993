//===-- CleanUpTest.cpp - PushKit goes ------------------------------------===//
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
using Files = std::map<std::string, std::string>;

namespace {

/// An app delegate as the steps 'tokens' and 'move' leave it, apart from the
/// placeholder, with \p Handler as the body of the handler.
std::string swiftDelegate(const std::string &Handler,
                          const std::string &More = "") {
  return R"(import PushKit
import UIKit

@UIApplicationMain
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let server = Server()
    /// Kept as long as the app runs.
    private var registry: PKPushRegistry?

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        application.registerForRemoteNotifications()
        registerForPushes()
        return true
    }

    private func registerForPushes() {
        let queue = DispatchQueue.main
        let registry = PKPushRegistry(queue: queue)
        registry.delegate = self
        registry.desiredPushTypes = [.voIP]
        self.registry = registry
    }

    func application(_ application: UIApplication,
                     didRegisterForRemoteNotificationsWithDeviceToken deviceToken: Data) {
        server.register(token: deviceToken)
    }

    func application(_ application: UIApplication,
                     didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                     fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void) {
        receivePush(userInfo)
        completionHandler(.newData)
    }

    func receivePush(_ userInfo: [AnyHashable: Any]) {
        server.fetch(userInfo["item"])
    }
)" + More +
         R"(}

// MARK: - PushKit

extension AppDelegate: PKPushRegistryDelegate {
    func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {
        server.register(voipToken: pushCredentials.token)
    }

    // Logs first.
    func pushRegistry(_ registry: PKPushRegistry, didReceiveIncomingPushWith payload: PKPushPayload,
                      for type: PKPushType, completion: @escaping () -> Void) {
)" + Handler +
         R"(        completion()
    }
}

final class Server {
    func register(token: Data) {}
    func register(voipToken: Data) {}
    func fetch(_ item: Any?) {}
}
)";
}

const std::string Shared = "        print(\"a push\")\n        "
                           "receivePush(payload.dictionaryPayload)\n";

const std::string Plist =
    "<plist version=\"1.0\">\n<dict>\n\t<key>UIBackgroundModes</key>\n"
    "\t<array>\n\t\t<string>voip</string>\n"
    "\t\t<string>remote-notification</string>\n\t</array>\n</dict>\n"
    "</plist>\n";

std::string adviceFor(Files Written, ProposeOptions Options = {}) {
  WrittenProject P(std::move(Written));
  P.Options = std::move(Options);
  P.fix({S::CleanUp});
  EXPECT_TRUE(P.Sets.empty());
  return P.advice("ringfence-push-without-calls");
}

bool contains(const std::string &Text, llvm::StringRef Part) {
  return llvm::StringRef(Text).contains(Part);
}

TEST(CleanUp, TakesEverythingOfPushKitOutOfASwiftApp) {
  WrittenProject P(Files{{"App/AppDelegate.swift", swiftDelegate(Shared)},
                         {"App/Info.plist", Plist}});
  P.fix({S::CleanUp});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  EXPECT_EQ(P.Sets[0].A, Applicability::Review);
  EXPECT_EQ(P.Files["App/AppDelegate.swift"], R"(import UIKit

@UIApplicationMain
final class AppDelegate: UIResponder, UIApplicationDelegate {
    private let server = Server()

    func application(_ application: UIApplication,
                     didFinishLaunchingWithOptions launchOptions: [UIApplication.LaunchOptionsKey: Any]?) -> Bool {
        application.registerForRemoteNotifications()
        return true
    }

    func application(_ application: UIApplication,
                     didRegisterForRemoteNotificationsWithDeviceToken deviceToken: Data) {
        server.register(token: deviceToken)
    }

    func application(_ application: UIApplication,
                     didReceiveRemoteNotification userInfo: [AnyHashable: Any],
                     fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void) {
        receivePush(userInfo)
        completionHandler(.newData)
    }

    func receivePush(_ userInfo: [AnyHashable: Any]) {
        server.fetch(userInfo["item"])
    }
}

final class Server {
    func register(token: Data) {}
    func register(voipToken: Data) {}
    func fetch(_ item: Any?) {}
}
)");
  EXPECT_FALSE(contains(P.Files["App/Info.plist"], "voip"));
  EXPECT_TRUE(contains(P.Files["App/Info.plist"],
                       "\t<array>\n\t\t<string>remote-notification</string>\n"))
      << P.Files["App/Info.plist"];
  bool NamesCall = false;
  for (const std::string &Left : P.Sets[0].LeftToDo)
    NamesCall |= contains(Left, "server.register(voipToken:)");
  EXPECT_TRUE(NamesCall);
  P.fix({S::CleanUp});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_TRUE(P.Findings.empty()) << P.Findings[0].first;
}

TEST(CleanUp, TakesEverythingOfPushKitOutOfAnObjectiveCApp) {
  WrittenProject P(Files{{"App/AppDelegate.h", R"(#import <UIKit/UIKit.h>
#import <PushKit/PushKit.h>

@interface AppDelegate : UIResponder <UIApplicationDelegate, PKPushRegistryDelegate>
{
    PKPushRegistry *pushRegistry;
}

@property (nonatomic, strong) UIWindow *window;

@end
)"},
                         {"App/AppDelegate.m", R"(#import "AppDelegate.h"

@interface AppDelegate ()
- (void)registerForPushes;
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)options
{
    self.window = [UIWindow new];
    [self registerForPushes];
    return YES;
}

- (void)registerForPushes
{
    dispatch_async(dispatch_get_main_queue(), ^{
        NSSet *types = [NSSet setWithObject:PKPushTypeVoIP];
        pushRegistry = [[PKPushRegistry alloc] initWithQueue:dispatch_get_main_queue()];
        pushRegistry.delegate = self;
        pushRegistry.desiredPushTypes = types;
    });
}

#pragma mark - PKPushRegistryDelegate

- (void)pushRegistry:(PKPushRegistry *)registry didUpdatePushCredentials:(PKPushCredentials *)credentials forType:(PKPushType)type
{
    NSLog(@"%@", credentials.token);
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion
{
    NSLog(@"%@", payload.dictionaryPayload);
    completion();
}

@end
)"}});
  P.fix({S::CleanUp});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  EXPECT_EQ(P.Files["App/AppDelegate.h"], R"(#import <UIKit/UIKit.h>

@interface AppDelegate : UIResponder <UIApplicationDelegate>

@property (nonatomic, strong) UIWindow *window;

@end
)");
  EXPECT_EQ(P.Files["App/AppDelegate.m"], R"(#import "AppDelegate.h"

@interface AppDelegate ()
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)options
{
    self.window = [UIWindow new];
    return YES;
}

@end
)");
}

TEST(CleanUp, WaitsForWorkThatHasNoOtherPlace) {
  EXPECT_TRUE(contains(
      adviceFor({{"App/AppDelegate.swift",
                  swiftDelegate("        server.fetch(nil)\n" + Shared)}}),
      "has no other place yet"));
}

TEST(CleanUp, WaitsForTheApnsToken) {
  std::string Text = swiftDelegate(Shared);
  llvm::StringRef Line = "application.registerForRemoteNotifications()";
  Text.replace(Text.find(Line.str()), Line.size(), "");
  EXPECT_TRUE(contains(adviceFor({{"App/AppDelegate.swift", Text}}),
                       "receives no APNs token"));
  Text = swiftDelegate(Shared);
  Line = "server.register(token: deviceToken)";
  Text.replace(Text.find(Line.str()), Line.size(),
               "<#send token to the server as the APNs token#>");
  EXPECT_TRUE(contains(adviceFor({{"App/AppDelegate.swift", Text}}),
                       "not sent to the server yet"));
}

TEST(CleanUp, WaitsForSilentPushesToLeadSomewhere) {
  std::string Text = swiftDelegate(Shared);
  llvm::StringRef Line = "        receivePush(userInfo)\n";
  Text.replace(Text.find(Line.str()), Line.size(), "");
  EXPECT_TRUE(contains(adviceFor({{"App/AppDelegate.swift", Text}}),
                       "receivePush is not called for silent pushes yet"));
}

TEST(CleanUp, LeavesARegistryThatIsUsedOtherwise) {
  EXPECT_TRUE(contains(
      adviceFor({{"App/AppDelegate.swift",
                  swiftDelegate(Shared, "\n    func token() -> Data? { "
                                        "registry?.pushToken(for: .voIP) "
                                        "}\n")}}),
      "'registry' is used in App/AppDelegate.swift:"));
}

/// An app whose message moved into a notification service.
Files withService() {
  std::string Text = swiftDelegate(
      "        let content = UNMutableNotificationContent()\n"
      "        content.body = payload.dictionaryPayload[\"text\"] as? String "
      "?? \"\"\n"
      "        UNUserNotificationCenter.current().add(UNNotificationRequest("
      "identifier: \"m\", content: content, trigger: nil))\n");
  WrittenProject P(
      Files{{"App/AppDelegate.swift", "import UserNotifications\n" + Text},
            {"App/Info.plist", Plist}});
  P.fix({S::Extension, S::Move});
  EXPECT_EQ(P.Sets.size(), 2u);
  return P.Files;
}

TEST(CleanUp, WaitsForATargetThatCompilesTheService) {
  EXPECT_TRUE(
      contains(adviceFor(withService()), "no extension target compiles"))
      << adviceFor(withService());
}

TEST(CleanUp, AHandlerWhoseMessagesAServiceShowsGoes) {
  Files All = withService();
  All["project.yml"] =
      "name: App\ntargets:\n"
      "  App: {type: application, platform: iOS, sources: [App]}\n"
      "  Service: {type: app-extension, platform: iOS, sources: "
      "[AppNotificationService]}\n";
  WrittenProject P(All);
  P.fix({S::CleanUp});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  bool ClosesMessages = false;
  for (unsigned I : P.Sets[0].Findings)
    ClosesMessages |= P.Findings[I].first == "ringfence-message-work";
  EXPECT_TRUE(ClosesMessages);
  EXPECT_FALSE(contains(P.Files["App/AppDelegate.swift"], "PKPush"));
  EXPECT_TRUE(P.Files.count("App/MessageNotification.swift"));
}

TEST(CleanUp, ALocalNotificationGoesOnceTheServiceFillsItsCounterpart) {
  WrittenProject P(Files{
      {"App/AppDelegate.swift",
       "import UserNotifications\n" +
           swiftDelegate("        let note = UILocalNotification()\n"
                         "        note.alertBody = payload.dictionaryPayload["
                         "\"text\"] as? String\n"
                         "        note.soundName = "
                         "UILocalNotificationDefaultSoundName\n"
                         "        UIApplication.shared."
                         "presentLocalNotificationNow(note)\n")},
      {"project.yml",
       "name: App\ntargets:\n"
       "  App: {type: application, platform: iOS, sources: [App]}\n"
       "  Service: {type: app-extension, platform: iOS, sources: "
       "[AppNotificationService]}\n"}});
  P.fix({S::CleanUp});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_TRUE(contains(P.advice("ringfence-push-without-calls"),
                       "has no other place yet"));
  P.fix({S::Extension, S::Move});
  EXPECT_EQ(P.Sets.size(), 2u);
  P.fix({S::CleanUp});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  EXPECT_FALSE(contains(P.Files["App/AppDelegate.swift"], "PKPush"));
}

TEST(CleanUp, LeavesAMethodThatAnIfHoldsAPartOf) {
  WrittenProject P(Files{{"App/Pushes.m", R"(#import <PushKit/PushKit.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@end

@implementation Pushes

- (void)start {
    PKPushRegistry *registry = [[PKPushRegistry alloc] initWithQueue:nil];
    registry.delegate = self;
    registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}

#ifndef OLD
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
#else
- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type {
#endif
    NSLog(@"a push");
}

@end
)"}});
  P.fix({S::CleanUp});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_TRUE(contains(P.advice("ringfence-push-without-calls"),
                       "part of an #if would go"))
      << P.advice("ringfence-push-without-calls");
}

TEST(CleanUp, BelowIos13PushesAreStillAskedFor) {
  WrittenProject P(Files{{"App/AppDelegate.swift", swiftDelegate(Shared)},
                         {"App/Info.plist", Plist}});
  P.Options.DeploymentTarget = "12.0";
  P.fix({S::CleanUp});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  EXPECT_EQ(P.Sets[0].Edits.size(), 1u);
  EXPECT_TRUE(contains(
      P.Files["App/AppDelegate.swift"],
      "        registry.delegate = self\n"
      "        // iOS 13 and later end an app that reports no call for a VoIP "
      "push.\n"
      "        if #available(iOS 13, *) {\n"
      "        } else {\n"
      "            registry.desiredPushTypes = [.voIP]\n"
      "        }\n"
      "        self.registry = registry\n"))
      << P.Files["App/AppDelegate.swift"];
  P.fix({S::CleanUp});
  EXPECT_TRUE(P.Sets.empty());
  EXPECT_TRUE(P.Findings.empty()) << P.Findings[0].first;
}

TEST(CleanUp, WorkOfOldSystemsMayStayInTheHandler) {
  WrittenProject P(Files{{"App/Pushes.m", R"(#import <PushKit/PushKit.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@end

@implementation Pushes

- (void)start {
    PKPushRegistry *registry = [[PKPushRegistry alloc] initWithQueue:nil];
    registry.delegate = self;
    registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    if (@available(iOS 13.0, *)) {
        NSLog(@"a push");
    } else {
        [self connect];
    }
    completion();
}

- (void)connect {
}

@end
)"}});
  P.fix({S::CleanUp});
  ASSERT_EQ(P.Sets.size(), 1u)
      << P.Problems << P.advice("ringfence-push-without-calls");
  EXPECT_TRUE(contains(P.Files["App/Pushes.m"],
                       "    if (@available(iOS 13.0, *)) {\n"
                       "    } else {\n"
                       "        registry.desiredPushTypes = [NSSet "
                       "setWithObject:PKPushTypeVoIP];\n"
                       "    }\n"))
      << P.Files["App/Pushes.m"];
  EXPECT_TRUE(contains(P.Files["App/Pushes.m"], "[self connect]"));
}

} // namespace
