// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What Xcode would derive from the Swift sources of test/apps/Pigeon: swiftc on
// Linux writes no Objective-C headers.

#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

@interface PNSyncService : NSObject
@property(class, nonatomic, readonly, strong) PNSyncService *shared;
- (void)registerToken:(NSData *)token;
- (void)fetchMissedEvents:(void (^)(void))completion;
- (void)uploadReadMarkers;
@end

NS_ASSUME_NONNULL_END
