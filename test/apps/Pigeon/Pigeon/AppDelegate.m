#import "AppDelegate.h"

#import <UserNotifications/UserNotifications.h>

#import "PNAccount.h"
#import "PNCallManager.h"
#import "PNConversationListController.h"
#import "PNDoorController.h"
#import "PNPushController.h"

@interface AppDelegate ()

@property (strong, nonatomic) PNCallManager *callManager;
@property (strong, nonatomic) PNPushController *pushController;
@property (strong, nonatomic) PNDoorController *doorController;

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
    if ([PNAccount currentAccount].isDoorStation) {
        self.doorController = [[PNDoorController alloc] initWithCallManager:self.callManager];
    } else {
        [self.pushController start];
    }

    self.window = [[UIWindow alloc] init];
    UIViewController *list = [[PNConversationListController alloc] init];
    self.window.rootViewController = [[UINavigationController alloc] initWithRootViewController:list];
    [self.window makeKeyAndVisible];
    return YES;
}

@end
