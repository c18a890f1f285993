#import <Foundation/Foundation.h>

@class PNCallManager;

NS_ASSUME_NONNULL_BEGIN

/// Receives pushes on a device that hangs at a door: somebody rings.
@interface PNDoorController : NSObject

- (instancetype)initWithCallManager:(PNCallManager *)callManager;

@end

NS_ASSUME_NONNULL_END
