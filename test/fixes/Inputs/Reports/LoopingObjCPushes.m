// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

@interface LoopingObjCPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation LoopingObjCPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSArray<NSString *> *callers = payload.dictionaryPayload[@"callers"];
    for (NSString *caller in callers) {
        if (caller.length > 0) {
            [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                                  update:[[CXCallUpdate alloc] init]
                                              completion:^(NSError *error) {
                                                  NSLog(@"%@", error);
                                              }];
        }
    }
    completion();
}

@end
