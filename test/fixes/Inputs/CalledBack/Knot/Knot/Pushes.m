#import "Pushes.h"
#import <UserNotifications/UserNotifications.h>
#import "NameBook.h"

@implementation Pushes

- (void)pushRegistry:(PKPushRegistry *)registry didUpdatePushCredentials:(PKPushCredentials *)credentials forType:(PKPushType)type {
}

- (NSString *)titleFor:(NSString *)name {
    return [@"Message from " stringByAppendingString:name];
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    NSDictionary *info = payload.dictionaryPayload;
    if ([info[@"kind"] isEqualToString:@"message"]) {
        __weak typeof(self) weakSelf = self;
        [[NameBook shared] find:info[@"sender"] success:^(NSString *name) {
            __strong typeof(weakSelf) strongSelf = weakSelf;
            UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
            content.title = [strongSelf titleFor:name];
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
