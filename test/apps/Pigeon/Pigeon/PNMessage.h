#import <Foundation/Foundation.h>

NS_ASSUME_NONNULL_BEGIN

/// A message as this device keeps it.
@interface PNMessage : NSObject

@property (nonatomic, copy, readonly) NSString *identifier;
@property (nonatomic, copy, readonly) NSString *conversation;
@property (nonatomic, copy, readonly) NSString *sealedBody;
@property (nonatomic) BOOL isRead;

- (nullable instancetype)initWithDictionary:(NSDictionary<NSString *, NSString *> *)fields;
@property (nonatomic, copy, readonly) NSDictionary<NSString *, NSString *> *dictionary;

@end

NS_ASSUME_NONNULL_END
