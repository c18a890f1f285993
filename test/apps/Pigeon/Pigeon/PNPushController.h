#import <Foundation/Foundation.h>

@class PNCallManager;

NS_ASSUME_NONNULL_BEGIN

/// Receives the VoIP pushes of the server.
@interface PNPushController : NSObject

- (instancetype)initWithCallManager:(PNCallManager *)callManager;
- (void)start;

@end

NS_ASSUME_NONNULL_END
