// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>

/// Rings for calls, however the app hears of them.
@interface SharedRinger : NSObject
+ (SharedRinger *)sharedRinger;
/// Rings, unless the room does so already.
- (void)ringInRoom:(NSString *)room
            caller:(NSString *)caller;
- (void)didHearFromSocket:(NSString *)room;
@end
