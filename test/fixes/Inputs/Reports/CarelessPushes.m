// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

@interface CarelessPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation CarelessPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSString *caller = payload.dictionaryPayload[@"caller"];
    if (caller.length == 0) {
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
    } else if (caller.length == 1) {
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) { NSLog(@"%@", error); }];
    } else {
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                          }];
    }
}

@end
