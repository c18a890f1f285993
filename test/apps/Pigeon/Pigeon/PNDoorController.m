#import "PNDoorController.h"

#import <PushKit/PushKit.h>

#import "PNCallManager.h"
#import "Pigeon-Swift.h"

@interface PNDoorController () <PKPushRegistryDelegate>

@property (nonatomic, strong) PKPushRegistry *registry;
@property (nonatomic, strong) PNCallManager *callManager;

@end

@implementation PNDoorController

- (instancetype)initWithCallManager:(PNCallManager *)callManager {
    self = [super init];
    if (self) {
        _callManager = callManager;
        _registry = [[PKPushRegistry alloc] initWithQueue:dispatch_get_main_queue()];
        _registry.delegate = self;
        _registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
    }
    return self;
}

#pragma mark - PKPushRegistryDelegate

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
    [[PNSyncService shared] registerToken:pushCredentials.token];
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type {
    // What was missed is fetched while the device is awake.
    dispatch_semaphore_t sent = dispatch_semaphore_create(0);
    [[PNSyncService shared] fetchMissedEvents:^{
        dispatch_semaphore_signal(sent);
    }];
    dispatch_semaphore_wait(sent, dispatch_time(DISPATCH_TIME_NOW, 5 * NSEC_PER_SEC));

    NSString *door = payload.dictionaryPayload[@"door"];
    [self.callManager reportCall:[NSUUID UUID] from:door video:YES completion:nil];
}

@end
