#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface PhonePushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, strong) PKPushRegistry *registry;
@end

@implementation PhonePushes

- (void)start {
    self.registry = [[PKPushRegistry alloc] initWithQueue:nil];
    self.registry.delegate = self;
    self.registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
