#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@class WRStore;

NS_ASSUME_NONNULL_BEGIN

@interface WRPushes : NSObject <PKPushRegistryDelegate>
- (instancetype)initWithProvider:(CXProvider *)provider store:(WRStore *)store;
@end

NS_ASSUME_NONNULL_END
