#import <UIKit/UIKit.h>

@interface KNAppDelegate : UIResponder <UIApplicationDelegate>
@end
