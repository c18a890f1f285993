#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
             forType:(PKPushType)type withCompletionHandler:(void (^)(void))completion {
    BOOL taken = [TwilioVoiceSDK handleNotification:payload.dictionaryPayload delegate:self delegateQueue:nil];
    if (!taken && [self warns:^{ NSLog(@"no call"); }]) {
        NSLog(@"not a call");
    }
    completion();
}

- (void)callInviteReceived:(TVOCallInvite *)invite {
    [self.provider reportNewIncomingCallWithUUID:invite.uuid update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {}];
}

@end
