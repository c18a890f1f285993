#import "NameBook.h"

@implementation NameBook

+ (instancetype)shared {
    static NameBook *book;
    static dispatch_once_t once;
    dispatch_once(&once, ^{
        book = [[NameBook alloc] init];
    });
    return book;
}

- (void)find:(NSString *)name success:(void (^)(NSString *name))success failure:(void (^)(NSError *error))failure {
    if (name.length == 0) {
        failure([NSError errorWithDomain:@"names" code:1 userInfo:nil]);
    } else {
        success(name);
    }
}

@end
