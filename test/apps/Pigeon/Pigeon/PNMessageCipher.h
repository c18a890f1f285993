#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// Opens message bodies with the key that this device shares with the account.
@interface PNMessageCipher : NSObject

/// The text of a body in Base64, or nil if it cannot be opened.
- (nullable NSString *)openBody:(nullable NSString *)body;

@end

NS_ASSUME_NONNULL_END
