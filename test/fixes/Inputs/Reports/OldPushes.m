// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

@interface OldPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation OldPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry didReceiveIncomingPushWithPayload:(PKPushPayload *)payload forType:(PKPushType)type
{
    if (![type isEqualToString:PKPushTypeVoIP])
        return;
    NSString *caller = payload.dictionaryPayload[@"caller"];
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.remoteHandle = [[CXHandle alloc] initWithType:CXHandleTypeGeneric value:caller ?: @"Unknown"];
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:update completion:^(NSError *error) {
        if (error != nil)
        {
            NSLog(@"not reported: %@", error);
            return;
        }
        NSLog(@"rings");
    }];
}

@end
