#import <PushKit/PushKit.h>
#import "VendorPhone.h"

@implementation Pushes
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
  [[VendorPhone sharedPhone] takePush:payload.dictionaryPayload completion:completion];
}
@end
