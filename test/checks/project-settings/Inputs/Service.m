#import <CallKit/CallKit.h>
#import <UserNotifications/UserNotifications.h>

@interface Service : UNNotificationServiceExtension
@end

@implementation Service
- (void)didReceiveNotificationRequest:(UNNotificationRequest *)request withContentHandler:(void (^)(UNNotificationContent *))contentHandler {
  // CHECK: Service.m:[[@LINE+1]]:{{[0-9]+}}: warning: no entitlements file claims 'com.apple.developer.usernotifications.filtering', without which CallKit takes no push from an extension [ringfence-project-settings]
  [CXProvider reportNewIncomingVoIPPushPayload:request.content.userInfo completion:^(NSError *error) {
    contentHandler([[UNNotificationContent alloc] init]);
  }];
}
@end
