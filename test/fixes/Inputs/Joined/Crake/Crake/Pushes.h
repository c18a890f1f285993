#import <Foundation/Foundation.h>

@interface Pushes : NSObject
@end
