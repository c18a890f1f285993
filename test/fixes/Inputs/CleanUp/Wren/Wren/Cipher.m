#import "Cipher.h"

@implementation Cipher

+ (NSString *)open:(NSString *)text {
    return text;
}

@end
