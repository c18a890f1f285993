#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface PushHandler : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end
