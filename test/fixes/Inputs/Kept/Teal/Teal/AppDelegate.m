#import "AppDelegate.h"
#import "Pushes.h"

@interface AppDelegate ()
@property (nonatomic, strong) Pushes *pushes;
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)launchOptions {
    self.pushes = [[Pushes alloc] init];
    return YES;
}

@end
