#import <Foundation/Foundation.h>

/// Receives the VoIP pushes.
@interface Pushes : NSObject

- (void)start;

@end
