#import "PNMessage.h"

@implementation PNMessage

- (instancetype)initWithDictionary:(NSDictionary<NSString *, NSString *> *)fields {
    self = [super init];
    if (self) {
        if (!fields[@"id"] || !fields[@"conversation"]) {
            return nil;
        }
        _identifier = [fields[@"id"] copy];
        _conversation = [fields[@"conversation"] copy];
        _sealedBody = [fields[@"body"] ?: @"" copy];
        _isRead = [fields[@"read"] isEqualToString:@"yes"];
    }
    return self;
}

- (NSDictionary<NSString *, NSString *> *)dictionary {
    return @{
        @"id" : self.identifier,
        @"conversation" : self.conversation,
        @"body" : self.sealedBody,
        @"read" : self.isRead ? @"yes" : @"no",
    };
}

@end
