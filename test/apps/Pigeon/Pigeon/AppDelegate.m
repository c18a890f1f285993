#import "AppDelegate.h"

#import <UserNotifications/UserNotifications.h>

#import "PNCallManager.h"
#import "PNPushController.h"

@interface AppDelegate ()

@property (strong, nonatomic) PNCallManager *callManager;
@property (strong, nonatomic) PNPushController *pushController;

@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)launchOptions {
    UNAuthorizationOptions options = UNAuthorizationOptionAlert | UNAuthorizationOptionBadge | UNAuthorizationOptionSound;
    [[UNUserNotificationCenter currentNotificationCenter] requestAuthorizationWithOptions:options
                                                                        completionHandler:^(BOOL granted, NSError *error) {
        if (error) {
            NSLog(@"no notifications: %@", error);
        }
    }];

    self.callManager = [[PNCallManager alloc] init];
    self.pushController = [[PNPushController alloc] initWithCallManager:self.callManager];
    [self.pushController start];

    self.window = [[UIWindow alloc] init];
    self.window.rootViewController = [[UINavigationController alloc] initWithRootViewController:[[UIViewController alloc] init]];
    [self.window makeKeyAndVisible];
    return YES;
}

@end
