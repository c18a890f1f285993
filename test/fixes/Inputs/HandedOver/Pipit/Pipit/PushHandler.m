#import "PushHandler.h"
#import "Envelope.h"
#import <UserNotifications/UserNotifications.h>

@implementation PushHandler

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    Envelope *envelope = [Envelope envelopeByDecrypting:payload.dictionaryPayload[@"sealed"]];
    if (!envelope.isCall) {
        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.title = envelope.sender;
        content.body = [envelope text];
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:@"message"
                                                                              content:content
                                                                              trigger:nil];
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request
                                                               withCompletionHandler:nil];
        completion();
        return;
    }
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.localizedCallerName = envelope.sender;
    update.hasVideo = envelope.video;
    [self.provider reportNewIncomingCallWithUUID:[envelope identifier]
                                          update:update
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end
