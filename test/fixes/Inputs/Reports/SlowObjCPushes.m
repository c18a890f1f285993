// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

@interface SlowObjCPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation SlowObjCPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [NSThread sleepForTimeInterval:0.5];
    // What the call screen shows.
    CXCallUpdate *update = [[CXCallUpdate alloc] init];
    update.localizedCallerName = payload.dictionaryPayload[@"name"];
    NSLog(@"push for %@", update.localizedCallerName);
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:update
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end
