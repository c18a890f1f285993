#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// Tells friends where this device is, when they ask.
@interface PNLocator : NSObject

- (void)sendLocationTo:(nullable NSString *)friendName;

@end

NS_ASSUME_NONNULL_END
