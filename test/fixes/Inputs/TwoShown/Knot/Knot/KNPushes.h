#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

NS_ASSUME_NONNULL_BEGIN

@interface KNPushes : NSObject <PKPushRegistryDelegate>
- (instancetype)initWithProvider:(CXProvider *)provider;
@end

NS_ASSUME_NONNULL_END
