#import <Foundation/Foundation.h>

@class PNMessage;

NS_ASSUME_NONNULL_BEGIN

/// The messages on this device, in a file of the app's own.
@interface PNMessageStore : NSObject

@property (class, nonatomic, readonly) PNMessageStore *sharedStore;

@property (nonatomic, copy, readonly) NSArray<NSString *> *conversations;

- (NSArray<PNMessage *> *)messagesOfConversation:(NSString *)conversation;
- (void)addMessage:(PNMessage *)message;
- (void)markConversationRead:(nullable NSString *)conversation;

@end

NS_ASSUME_NONNULL_END
