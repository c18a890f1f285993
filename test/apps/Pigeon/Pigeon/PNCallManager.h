#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// Shows calls through CallKit.
@interface PNCallManager : NSObject

/// The call that the user is in, if any.
@property (nonatomic, readonly, nullable) NSUUID *currentCall;

- (void)reportCall:(NSUUID *)uuid
              from:(nullable NSString *)caller
             video:(BOOL)video
        completion:(nullable void (^)(void))completion;

/// The other side has hung up.
- (void)endCall:(nullable NSUUID *)uuid;

@end

NS_ASSUME_NONNULL_END
