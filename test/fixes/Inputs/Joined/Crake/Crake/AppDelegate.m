#import "AppDelegate.h"
#import "Pushes.h"
#import <BackgroundTasks/BackgroundTasks.h>

static NSString *const RosterTask = @"org.example.crake.refresh";

@interface AppDelegate ()
@property (nonatomic, strong) Pushes *pushes;
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)launchOptions {
    self.pushes = [[Pushes alloc] init];
    [[BGTaskScheduler sharedScheduler] registerForTaskWithIdentifier:RosterTask
                                                          usingQueue:nil
                                                       launchHandler:^(__kindof BGTask *task) {
        [self refreshRoster:(BGAppRefreshTask *)task];
    }];
    return YES;
}

- (void)refreshRoster:(BGAppRefreshTask *)task {
    __block BOOL isCancelled = NO;
    task.expirationHandler = ^{
        isCancelled = YES;
    };
    dispatch_async(dispatch_get_global_queue(QOS_CLASS_UTILITY, 0), ^{
        NSURL *file = [NSURL fileURLWithPath:[NSHomeDirectory() stringByAppendingPathComponent:@"roster"]];
        BOOL isGone = [[NSFileManager defaultManager] removeItemAtURL:file error:NULL];
        [task setTaskCompletedWithSuccess:isGone && !isCancelled];
    });
}

@end
