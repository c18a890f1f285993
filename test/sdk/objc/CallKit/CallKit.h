// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of CallKit.

#pragma once
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

typedef NS_ENUM(NSInteger, CXHandleType) {
  CXHandleTypeGeneric = 1,
  CXHandleTypePhoneNumber = 2,
  CXHandleTypeEmailAddress = 3
};

@interface CXHandle : NSObject
@property(readonly) CXHandleType type;
@property(readonly, copy) NSString *value;
- (instancetype)initWithType:(CXHandleType)type value:(NSString *)value;
@end

@interface CXCallUpdate : NSObject
@property(nullable, copy) CXHandle *remoteHandle;
@property(nullable, copy) NSString *localizedCallerName;
@property BOOL supportsHolding;
@property BOOL supportsGrouping;
@property BOOL supportsUngrouping;
@property BOOL supportsDTMF;
@property BOOL hasVideo;
@end

typedef NS_ENUM(NSInteger, CXCallEndedReason) {
  CXCallEndedReasonFailed = 1,
  CXCallEndedReasonRemoteEnded = 2,
  CXCallEndedReasonUnanswered = 3,
  CXCallEndedReasonAnsweredElsewhere = 4,
  CXCallEndedReasonDeclinedElsewhere = 5
};

@interface CXProviderConfiguration : NSObject
@property BOOL supportsVideo;
@property BOOL includesCallsInRecents;
@property NSUInteger maximumCallGroups;
@property NSUInteger maximumCallsPerCallGroup;
@property(copy) NSSet<NSNumber *> *supportedHandleTypes;
- (instancetype)initWithLocalizedName:(NSString *)localizedName;
@end

@interface CXAction : NSObject
@property(readonly, copy) NSUUID *UUID;
- (void)fulfill;
- (void)fail;
@end

@interface CXCallAction : CXAction
@property(readonly, copy) NSUUID *callUUID;
- (instancetype)initWithCallUUID:(NSUUID *)callUUID;
@end

@interface CXAnswerCallAction : CXCallAction
@end
@interface CXEndCallAction : CXCallAction
@end

@interface CXTransaction : NSObject
- (instancetype)initWithAction:(CXAction *)action;
@end

@interface CXCallController : NSObject
- (void)requestTransaction:(CXTransaction *)transaction
                completion:(void (^)(NSError *_Nullable error))completion;
@end

@class CXProvider;

@protocol CXProviderDelegate <NSObject>
- (void)providerDidReset:(CXProvider *)provider;
@optional
- (void)provider:(CXProvider *)provider
    performAnswerCallAction:(CXAnswerCallAction *)action;
- (void)provider:(CXProvider *)provider
    performEndCallAction:(CXEndCallAction *)action;
@end

@interface CXProvider : NSObject
- (instancetype)initWithConfiguration:(CXProviderConfiguration *)configuration;
- (void)setDelegate:(nullable id<CXProviderDelegate>)delegate
              queue:(nullable dispatch_queue_t)queue;
- (void)reportNewIncomingCallWithUUID:(NSUUID *)UUID
                               update:(CXCallUpdate *)update
                           completion:
                               (void (^)(NSError *_Nullable error))completion;
- (void)reportCallWithUUID:(NSUUID *)UUID updated:(CXCallUpdate *)update;
- (void)reportCallWithUUID:(NSUUID *)UUID
               endedAtDate:(nullable NSDate *)dateEnded
                    reason:(CXCallEndedReason)endedReason;
+ (void)reportNewIncomingVoIPPushPayload:(NSDictionary *)dictionaryPayload
                              completion:
                                  (nullable void (^)(NSError *_Nullable error))
                                      completion;
@end

NS_ASSUME_NONNULL_END
