#import "PNPushController.h"

#import <PushKit/PushKit.h>
#import <UserNotifications/UserNotifications.h>

#import "PNCallManager.h"
#import "PNLocator.h"
#import "PNMessageCipher.h"
#import "PNMessageStore.h"
#import "Pigeon-Swift.h"

@interface PNPushController () <PKPushRegistryDelegate>

@property (nonatomic, strong) PKPushRegistry *registry;
@property (nonatomic, strong) PNCallManager *callManager;
@property (nonatomic, strong) PNLocator *locator;

@end

@implementation PNPushController

- (instancetype)initWithCallManager:(PNCallManager *)callManager {
    self = [super init];
    if (self) {
        _callManager = callManager;
        _locator = [[PNLocator alloc] init];
    }
    return self;
}

- (void)start {
    self.registry = [[PKPushRegistry alloc] initWithQueue:dispatch_get_main_queue()];
    self.registry.delegate = self;
    self.registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}

#pragma mark - PKPushRegistryDelegate

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
    [[PNSyncService shared] registerToken:pushCredentials.token];
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSDictionary *info = payload.dictionaryPayload;
    NSString *event = info[@"event"];
    if (event.length == 0) {
        NSLog(@"push without an event: %@", info);
        completion();
        return;
    }

    if ([event isEqualToString:@"invite"]) {
        NSUUID *uuid = [[NSUUID alloc] initWithUUIDString:info[@"call_id"]];
        if (!uuid) {
            NSLog(@"invite without a call id");
            completion();
            return;
        }
        if (self.callManager.currentCall) {
            NSLog(@"busy, the call %@ is not shown", uuid);
            completion();
            return;
        }
        [self.callManager reportCall:uuid from:info[@"from"] video:[info[@"video"] boolValue] completion:completion];
    } else if ([event isEqualToString:@"message"]) {
        // The server never sees the text.
        PNMessageCipher *cipher = [[PNMessageCipher alloc] init];
        NSString *text = [cipher openBody:info[@"body"]];

        UNMutableNotificationContent *content = [[UNMutableNotificationContent alloc] init];
        content.title = info[@"from"] ?: @"Pigeon";
        content.body = text ?: @"New message";
        content.sound = [UNNotificationSound defaultSound];
        content.badge = info[@"unread"];
        NSString *identifier = info[@"message_id"] ?: [NSUUID UUID].UUIDString;
        UNNotificationRequest *request = [UNNotificationRequest requestWithIdentifier:identifier
                                                                              content:content
                                                                              trigger:nil];
        [[UNUserNotificationCenter currentNotificationCenter] addNotificationRequest:request withCompletionHandler:nil];
        completion();
    } else if ([event isEqualToString:@"sync"]) {
        [self synchronise:completion];
    } else if ([event isEqualToString:@"conference"]) {
        // Rooms have no calls of their own; CallKit wants the main thread.
        dispatch_async(dispatch_get_main_queue(), ^{
            [self.callManager reportCall:[NSUUID UUID] from:info[@"room"] video:YES completion:completion];
        });
    } else if ([event isEqualToString:@"hangup"]) {
        NSUUID *uuid = [[NSUUID alloc] initWithUUIDString:info[@"call_id"]];
        if (uuid) {
            [self.callManager endCall:uuid];
        }
        completion();
    } else if ([event isEqualToString:@"read"]) {
        [[PNMessageStore sharedStore] markConversationRead:info[@"conversation"]];
        [[UNUserNotificationCenter currentNotificationCenter]
            removeDeliveredNotificationsWithIdentifiers:info[@"messages"] ?: @[]];
        completion();
    } else if ([event isEqualToString:@"locate"]) {
        [self.locator sendLocationTo:info[@"from"]];
    } else {
        NSLog(@"push of an unknown event: %@", event);
        completion();
    }
}

#pragma mark - Synchronisation

/// Catches up with the other devices of the account.
- (void)synchronise:(void (^)(void))completion {
    [[PNSyncService shared] uploadReadMarkers];
    [[PNSyncService shared] fetchMissedEvents:completion];
}

@end
