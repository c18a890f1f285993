// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

// A library's: it calls the delegate before it returns.
@interface TVOCallInvite : NSObject
@property (nonatomic, readonly) NSUUID *uuid;
@property (nonatomic, readonly) BOOL isPending;
@end

@interface TwilioVoiceSDK : NSObject
+ (BOOL)handleNotification:(NSDictionary *)payload delegate:(id)delegate delegateQueue:(dispatch_queue_t)queue;
@end

@interface LibraryPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation LibraryPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if ([type isEqualToString:PKPushTypeVoIP]) {
        if (![TwilioVoiceSDK handleNotification:payload.dictionaryPayload delegate:self delegateQueue:nil]) {
            NSLog(@"no push of the library's");
        }
    }
    completion();
}

- (void)callInviteReceived:(TVOCallInvite *)invite {
    if (invite.isPending) {
        [self.provider reportNewIncomingCallWithUUID:invite.uuid
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              NSLog(@"%@", error);
                                          }];
    } else {
        NSLog(@"hung up");
    }
}

@end
