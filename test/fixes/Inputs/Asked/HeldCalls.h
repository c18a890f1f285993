// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>

@interface ObjCCall : NSObject
@property (nonatomic, strong) NSUUID *callUUID;
@end

@interface ObjCSystem : NSObject
- (void)ring:(ObjCCall *)call;
@end

/// Holds the provider's owner, and the call that runs.
@interface ObjCCalls : NSObject
@property (nonatomic, strong) ObjCSystem *system;
@property (nonatomic, strong) ObjCCall *activeCall;
+ (instancetype)sharedCalls;
@end
