#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// What a push holds, once it is opened.
@interface Envelope : NSObject
@property (nonatomic, readonly) BOOL isCall;
@property (nonatomic, readonly) BOOL video;
@property (nonatomic, readonly, copy) NSString *sender;
@property (nonatomic, readonly) NSUUID *identifier;
@property (nonatomic, readonly, copy, nullable) NSString *text;
+ (nullable instancetype)envelopeByDecrypting:(nullable NSString *)sealed;
@end

NS_ASSUME_NONNULL_END
