// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

@protocol Lookup <NSObject>
- (void)lookUp:(NSString *)number completionHandler:(void (^)(NSString *name))then;
@end

@interface LatePushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, strong) id<Lookup> directory;
@end

@implementation LatePushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSString *number = payload.dictionaryPayload[@"number"];
    [self.directory lookUp:number completionHandler:^(NSString *name) {
        if (name == nil) {
            NSLog(@"nobody has %@", number);
            return;
        }
        CXCallUpdate *update = [[CXCallUpdate alloc] init];
        update.localizedCallerName = name;
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:update
                                          completion:^(NSError *error) {
                                              NSLog(@"%@ calls", name);
                                              completion();
                                          }];
    }];
}

@end

@interface MainPushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation MainPushes

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    dispatch_async(dispatch_get_main_queue(), ^{
        NSString *caller = payload.dictionaryPayload[@"caller"];
        if (caller == nil) {
            completion();
            return;
        }
        CXCallUpdate *update = [[CXCallUpdate alloc] init];
        update.localizedCallerName = caller;
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:update
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
    });
}

@end
