// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

@interface StaticCalls : NSObject
@property (nonatomic, strong) CXProvider *provider;
+ (instancetype)sharedCalls;
+ (void)showCall:(NSString *)call
            from:(NSString *)caller;
@end

@interface StaticPushes : NSObject <PKPushRegistryDelegate>
+ (void)takePush:(PKPushPayload *)payload
       withDone:(void (^)(void))done;
@end

static void showCallOfInfo(NSDictionary *info);

@implementation StaticCalls

+ (instancetype)sharedCalls {
    static StaticCalls *calls;
    if (!calls) {
        calls = [[self alloc] init];
    }
    return calls;
}

+ (void)showCall:(NSString *)call
            from:(NSString *)caller {
    if (call.length == 0) {
        return;
    }
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.localizedCallerName = caller;
    [[self sharedCalls].provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:update completion:^(NSError *error) {
    }];
}

+ (void)didHearFromSocket:(NSDictionary *)info {
    showCallOfInfo(info);
}

@end

// Pushes and the socket say the same.
static void showCallOfInfo(NSDictionary *info) {
    NSString *caller = info[@"caller"];
    [StaticCalls showCall:info[@"call"]
                     from:caller];
}

@implementation StaticPushes

+ (void)takePush:(PKPushPayload *)payload
       withDone:(void (^)(void))done {
    NSDictionary *info = payload.dictionaryPayload[@"ring"];
    if (!info) {
        done();
        return;
    }
    showCallOfInfo(info);
    done();
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [StaticPushes takePush:payload
                  withDone:completion];
}

#ifdef __IPHONE_26_4
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingVoIPPushWithPayload:(PKPushPayload *)payload
                                 metadata:(PKVoIPPushMetadata *)metadata
                    withCompletionHandler:(void (^)(void))completion {
    [StaticPushes takePush:payload
                  withDone:completion];
}
#endif

@end
