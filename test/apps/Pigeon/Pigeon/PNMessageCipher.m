#import "PNMessageCipher.h"

#import <CommonCrypto/CommonCrypto.h>

@implementation PNMessageCipher

- (NSString *)openBody:(NSString *)body {
    NSUserDefaults *defaults = [[NSUserDefaults alloc] initWithSuiteName:@"group.net.example.pigeon"];
    NSData *key = [defaults dataForKey:@"message-key"];
    NSData *sealed = body ? [[NSData alloc] initWithBase64EncodedString:body options:0] : nil;
    if (key.length != kCCKeySizeAES256 || sealed.length <= kCCBlockSizeAES128) {
        return nil;
    }
    const uint8_t *bytes = sealed.bytes;
    NSMutableData *clear = [NSMutableData dataWithLength:sealed.length];
    size_t length = 0;
    CCCryptorStatus status = CCCrypt(kCCDecrypt, kCCAlgorithmAES, kCCOptionPKCS7Padding, key.bytes, key.length, bytes,
                                     bytes + kCCBlockSizeAES128, sealed.length - kCCBlockSizeAES128,
                                     clear.mutableBytes, clear.length, &length);
    if (status != kCCSuccess) {
        return nil;
    }
    clear.length = length;
    return [[NSString alloc] initWithData:clear encoding:NSUTF8StringEncoding];
}

@end
