#import <BackgroundTasks/BackgroundTasks.h>
#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>

@interface AppDelegate : UIResponder <UIApplicationDelegate, PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation AppDelegate

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)launchOptions {
    __weak typeof(self) weakSelf = self;
    [[BGTaskScheduler sharedScheduler] registerForTaskWithIdentifier:@"org.example.smew.refresh"
                                                          usingQueue:dispatch_get_main_queue()
                                                       launchHandler:^(BGTask *task) {
        [weakSelf compact];
        [task setTaskCompletedWithSuccess:YES];
    }];
    [self scheduleCompacting];
    return YES;
}

- (void)scheduleCompacting {
    BGAppRefreshTaskRequest *request = [[BGAppRefreshTaskRequest alloc] initWithIdentifier:@"org.example.smew.refresh"];
    [[BGTaskScheduler sharedScheduler] submitTaskRequest:request error:NULL];
}

- (void)compact {
    NSURL *file = [NSURL fileURLWithPath:[NSHomeDirectory() stringByAppendingPathComponent:@"old"]];
    [[NSFileManager defaultManager] removeItemAtURL:file error:NULL];
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    if ([payload.dictionaryPayload[@"kind"] isEqualToString:@"sync"]) {
        NSString *cache = payload.dictionaryPayload[@"cache"] ?: @"";
        NSURL *file = [NSURL fileURLWithPath:[NSHomeDirectory() stringByAppendingPathComponent:cache]];
        [[NSFileManager defaultManager] removeItemAtURL:file error:NULL];
        completion();
        return;
    }
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID] update:[[CXCallUpdate alloc] init] completion:^(NSError *error) {
        completion();
    }];
}

@end
