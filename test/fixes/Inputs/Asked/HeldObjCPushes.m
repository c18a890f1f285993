// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import "HeldCalls.h"
#import <PushKit/PushKit.h>

@interface ObjCSystem ()
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation ObjCCall
@end

@implementation ObjCSystem
- (void)ring:(ObjCCall *)call {
    [self.provider reportNewIncomingCallWithUUID:call.callUUID update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
    }];
}
@end

@implementation ObjCCalls
+ (instancetype)sharedCalls {
    static ObjCCalls *calls;
    if (!calls) {
        calls = [[self alloc] init];
    }
    return calls;
}
@end

@interface HeldObjCPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) ObjCCalls *calls;
@end

@implementation HeldObjCPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if (self.calls.activeCall) {
        completion();
        return;
    }
    [self.calls.system ring:[[ObjCCall alloc] init]];
    completion();
}

@end
