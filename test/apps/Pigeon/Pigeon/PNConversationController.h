#import <UIKit/UIKit.h>

NS_ASSUME_NONNULL_BEGIN

/// One conversation, opened for reading.
@interface PNConversationController : UIViewController

- (instancetype)initWithConversation:(NSString *)conversation;

@end

NS_ASSUME_NONNULL_END
