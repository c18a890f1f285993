#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

@interface WRStore : NSObject
+ (instancetype)shared;
- (void)keep:(NSString *)text;
- (NSUInteger)unread;
@end

NS_ASSUME_NONNULL_END
