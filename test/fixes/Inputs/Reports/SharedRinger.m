// Part of ringfence, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#import "SharedRinger.h"

@interface SharedRinger ()
@property (nonatomic, strong) CXProvider *provider;
@property (nonatomic, copy) NSString *room;
@end

@implementation SharedRinger

+ (SharedRinger *)sharedRinger {
    static SharedRinger *ringer = nil;
    if (ringer == nil)
        ringer = [[SharedRinger alloc] init];
    return ringer;
}

- (void)ringInRoom:(NSString *)room
            caller:(NSString *)caller {
    if ([self.room isEqualToString:room])
        return;
    if (caller == nil) {
        NSLog(@"nobody calls in %@", room);
    } else {
        CXCallUpdate *update = [[CXCallUpdate alloc] init];
        update.localizedCallerName = caller;
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:update
                                          completion:^(NSError *error) {
                                          }];
    }
}

- (void)didHearFromSocket:(NSString *)room {
    [self ringInRoom:room caller:@"Somebody"];
}

@end
