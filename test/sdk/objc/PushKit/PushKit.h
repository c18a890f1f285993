// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of PushKit.

#pragma once
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

typedef NSString *PKPushType;
extern PKPushType const PKPushTypeVoIP;
extern PKPushType const PKPushTypeFileProvider;

@interface PKPushCredentials : NSObject
@property(readonly, copy) PKPushType type;
@property(readonly, copy) NSData *token;
@end

@interface PKPushPayload : NSObject
@property(readonly, copy) PKPushType type;
@property(readonly, copy) NSDictionary *dictionaryPayload;
@end

@interface PKVoIPPushMetadata : NSObject
@property(readonly) BOOL mustReport;
@end

@class PKPushRegistry;

@protocol PKPushRegistryDelegate <NSObject>
- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type;
@optional
- (void)pushRegistry:(PKPushRegistry *)registry
    didInvalidatePushTokenForType:(PKPushType)type;
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type;
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion;
- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingVoIPPushWithPayload:(PKPushPayload *)payload
                                 metadata:(PKVoIPPushMetadata *)metadata
                    withCompletionHandler:(void (^)(void))completion;
@end

@interface PKPushRegistry : NSObject
@property(nullable, weak) id<PKPushRegistryDelegate> delegate;
@property(nullable, copy) NSSet<PKPushType> *desiredPushTypes;
- (instancetype)initWithQueue:(nullable dispatch_queue_t)queue;
- (nullable NSData *)pushTokenForType:(PKPushType)type;
@end

NS_ASSUME_NONNULL_END
