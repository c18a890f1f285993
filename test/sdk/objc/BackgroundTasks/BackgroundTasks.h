// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the apps and the generated code use of BackgroundTasks.

#pragma once
#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

@interface BGTaskRequest : NSObject
@property(readonly, copy) NSString *identifier;
@property(nullable, copy) NSDate *earliestBeginDate;
@end
@interface BGAppRefreshTaskRequest : BGTaskRequest
- (instancetype)initWithIdentifier:(NSString *)identifier;
@end
@interface BGProcessingTaskRequest : BGTaskRequest
@property BOOL requiresNetworkConnectivity;
@property BOOL requiresExternalPower;
- (instancetype)initWithIdentifier:(NSString *)identifier;
@end

@interface BGTask : NSObject
@property(readonly, copy) NSString *identifier;
@property(nullable, strong) void (^expirationHandler)(void);
- (void)setTaskCompletedWithSuccess:(BOOL)success;
@end
@interface BGAppRefreshTask : BGTask
@end
@interface BGProcessingTask : BGTask
@end

@interface BGTaskScheduler : NSObject
@property(class, readonly, strong) BGTaskScheduler *sharedScheduler;
- (BOOL)registerForTaskWithIdentifier:(NSString *)identifier
                           usingQueue:(nullable dispatch_queue_t)queue
                        launchHandler:(void (^)(__kindof BGTask *task))handler
    NS_EXTENSION_UNAVAILABLE_IOS("an extension cannot register tasks");
- (BOOL)submitTaskRequest:(BGTaskRequest *)request
                    error:(NSError *_Nullable *_Nullable)error;
- (void)cancelTaskRequestWithIdentifier:(NSString *)identifier;
@end

NS_ASSUME_NONNULL_END
