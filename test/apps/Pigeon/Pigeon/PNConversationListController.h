#import <UIKit/UIKit.h>

/// All conversations; the screen that the app begins with.
@interface PNConversationListController : UIViewController

@end
