#import <Foundation/Foundation.h>

/// Opens what other devices have sealed.
@interface Cipher : NSObject

+ (NSString *)open:(NSString *)text;

@end
