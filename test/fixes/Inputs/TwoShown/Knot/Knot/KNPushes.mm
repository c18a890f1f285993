#import "KNPushes.h"
#import <UserNotifications/UserNotifications.h>

static NSString *const KNKind = @"kind";

@implementation KNPushes {
    CXProvider *_provider;
}

- (instancetype)initWithProvider:(CXProvider *)provider {
    if ((self = [super init])) {
        _provider = provider;
    }
    return self;
}

- (void)pushRegistry:(PKPushRegistry *)registry
        didUpdatePushCredentials:(PKPushCredentials *)credentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
        didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSDictionary *info = payload.dictionaryPayload;
    if ([info[KNKind] isEqualToString:@"message"]) {
        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.title = info[@"from"];
        content.body = info[@"text"];
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:info[@"id"]
                                                                          content:content
                                                                          trigger:nil];
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
        if (info[@"mention"]) {
            UNMutableNotificationContent *reminder = [[UNMutableNotificationContent alloc] init];
            reminder.title = @"You are mentioned";
            reminder.body = info[@"mention"];
            UNNotificationRequest *second = [UNNotificationRequest requestWithIdentifier:info[@"mention"]
                                                                                 content:reminder
                                                                                 trigger:nil];
            [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:second withCompletionHandler:nil];
        }
        completion();
        return;
    }
    [_provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                    update:[[CXCallUpdate alloc] init]
                                completion:^(NSError *error) {
        completion();
    }];
}

@end
