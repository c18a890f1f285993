#import "Pushes.h"
#import "Cipher.h"
#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UserNotifications/UserNotifications.h>

@interface Pushes () <PKPushRegistryDelegate>
@property (nonatomic, strong) PKPushRegistry *registry;
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)start {
    self.provider = [[CXProvider alloc] initWithConfiguration:[[CXProviderConfiguration alloc] init]];
    self.registry = [[PKPushRegistry alloc] initWithQueue:nil];
    self.registry.delegate = self;
    self.registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSDictionary *info = payload.dictionaryPayload;
    NSString *kind = info[@"kind"];
    if ([kind isEqualToString:@"message"]) {
        [self showMessage:info];
        completion();
    } else if ([kind isEqualToString:@"sync"]) {
        [self synchronise];
        completion();
    } else {
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
    }
}

/// Shows what the push says.
- (void)showMessage:(NSDictionary *)info {
    UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
    content.title = info[@"sender"];
    content.body = [Cipher open:info[@"body"]];
    UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:[NSUUID UUID].UUIDString
                                                                          content:content
                                                                          trigger:nil];
    [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
}

/// Fetches what other devices have done.
- (void)synchronise {
    NSURL *url = [NSURL URLWithString:@"https://example.net/events"];
    NSData *data = [NSData dataWithContentsOfURL:url];
    [[NSUserDefaults standardUserDefaults] setObject:data forKey:@"events"];
}

@end
