#import <Foundation/Foundation.h>

/// Asks the server what people are called.
@interface NameBook : NSObject
+ (instancetype)shared;
- (void)find:(NSString *)name success:(void (^)(NSString *name))success failure:(void (^)(NSError *error))failure;
@end
