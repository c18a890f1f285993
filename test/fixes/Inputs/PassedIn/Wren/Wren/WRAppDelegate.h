#import <UIKit/UIKit.h>

@interface WRAppDelegate : UIResponder <UIApplicationDelegate>
@end
