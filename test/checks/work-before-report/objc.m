// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-work-before-report' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface Waits : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Waits

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    dispatch_semaphore_t ready = dispatch_semaphore_create(0);
    dispatch_async(dispatch_get_global_queue(0, 0), ^{
        dispatch_semaphore_signal(ready);
    });
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}before the call is reported{{.*}}[ringfence-work-before-report]
    dispatch_semaphore_wait(ready, DISPATCH_TIME_FOREVER);
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end

// Parsing is what the report needs, and short.
@interface Parses : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Parses

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.localizedCallerName = [payload.dictionaryPayload[@"caller"] uppercaseString];
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:update
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end
