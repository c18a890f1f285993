// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-message-work' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UserNotifications/UserNotifications.h>

@interface Shows : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Shows

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if ([payload.dictionaryPayload[@"kind"] isEqualToString:@"message"]) {
        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.title = payload.dictionaryPayload[@"sender"];
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:@"message" content:content trigger:nil];
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}notification service extension{{.*}}[ringfence-message-work]
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end

// A call is reported, and nothing else is done.
@interface Reports : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Reports

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end
