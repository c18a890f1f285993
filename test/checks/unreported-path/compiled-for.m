// What is compiled for other systems alone is no way of a push.
// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-unreported-path' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

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
#if TARGET_OS_IOS
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
#else
    completion();
#endif
}

@end

@interface Flagged : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Flagged

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
#ifndef WITHOUT_CALLS
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
#else
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this path returns without calling {{.*}}[ringfence-unreported-path]
    completion();
#endif
}

@end
