#import "Pushes.h"
#import <UIKit/UIKit.h>
#import <UserNotifications/UserNotifications.h>

@implementation Pushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSDictionary *info = payload.dictionaryPayload;
    if ([info[@"kind"] isEqualToString:@"message"]) {
        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.title = info[@"sender"];
        content.body = info[@"text"];
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:[NSUUID UUID].UUIDString
                                                                              content:content
                                                                              trigger:nil];
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request
                                                               withCompletionHandler:^(NSError *error) {
                                                                   if (error != nil) {
                                                                       NSLog(@"not shown: %@", error);
                                                                   }
                                                                   completion();
                                                               }];
    } else {
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
    }
}

@end
