#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface CallPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation CallPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSString *caller = payload.dictionaryPayload[@"caller"];
    if (caller == nil) {
        completion();
        return;
    }
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.remoteHandle = [[CXHandle alloc] initWithType:CXHandleTypeGeneric value:caller];
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:update
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end
