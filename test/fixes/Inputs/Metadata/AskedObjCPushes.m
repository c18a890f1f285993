// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>

@interface AskedObjCPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, strong) NSUUID *activeCall;
@end

@implementation AskedObjCPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if ([UIApplication sharedApplication].applicationState == UIApplicationStateActive) {
        completion();
    } else if (self.activeCall != nil) {
        NSLog(@"in a call");
        completion();
    } else {
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
    }
}

@end
