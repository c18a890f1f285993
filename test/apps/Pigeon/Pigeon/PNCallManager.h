#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// Shows calls through CallKit.
@interface PNCallManager : NSObject

- (void)reportCall:(NSUUID *)uuid
              from:(nullable NSString *)caller
             video:(BOOL)video
        completion:(nullable void (^)(void))completion;

@end

NS_ASSUME_NONNULL_END
