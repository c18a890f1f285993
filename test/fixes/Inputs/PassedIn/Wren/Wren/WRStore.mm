#import "WRStore.h"

@implementation WRStore {
    NSMutableArray *_texts;
}

+ (instancetype)shared {
    static WRStore *store;
    if (!store) {
        store = [[WRStore alloc] init];
    }
    return store;
}

- (void)keep:(NSString *)text {
    [_texts addObject:text];
}

- (NSUInteger)unread {
    return _texts.count;
}

@end
