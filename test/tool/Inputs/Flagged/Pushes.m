#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    ANNOUNCE(self.provider);
    completion();
}
@end
