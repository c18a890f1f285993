// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import "SharedRinger.h"
#import <PushKit/PushKit.h>

@interface SharingObjCPushes : NSObject <PKPushRegistryDelegate>
@end

@implementation SharingObjCPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [[SharedRinger sharedRinger] ringInRoom:payload.dictionaryPayload[@"room"]
                                     caller:payload.dictionaryPayload[@"caller"]];
    completion();
}

@end
