#import "Envelope.h"

@implementation Envelope

+ (instancetype)envelopeByDecrypting:(NSString *)sealed {
    NSData *data = sealed ? [[NSData alloc] initWithBase64EncodedString:sealed options:0] : nil;
    return data ? [[Envelope alloc] init] : nil;
}

@end
