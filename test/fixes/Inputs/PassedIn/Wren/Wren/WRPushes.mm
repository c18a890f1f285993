#import "WRPushes.h"
#import "WRStore.h"
#import <UserNotifications/UserNotifications.h>

static NSString *const WRKind = @"kind";
#define WRText @"text"

@implementation WRPushes {
    CXProvider *_provider;
    WRStore *_store;
}

- (instancetype)initWithProvider:(CXProvider *)provider store:(WRStore *)store {
    if ((self = [super init])) {
        _provider = provider;
        _store = store;
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
    if ([info[WRKind] isEqualToString:@"message"]) {
        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.title = info[@"from"];
        content.body = info[WRText];
        content.badge = @([_store unread] + 1);
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:info[@"id"]
                                                                          content:content
                                                                          trigger:nil];
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
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
