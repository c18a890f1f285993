#import "Pushes.h"
#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface Pushes () <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if ([payload.dictionaryPayload[@"kind"] isEqualToString:@"sync"]) {
        NSURL *file = [NSURL fileURLWithPath:[NSHomeDirectory() stringByAppendingPathComponent:@"cache"]];
        [[NSFileManager defaultManager] removeItemAtURL:file error:NULL];
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
