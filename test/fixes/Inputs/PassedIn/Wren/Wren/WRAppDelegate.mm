#import "WRAppDelegate.h"
#import "WRPushes.h"
#import "WRStore.h"

@implementation WRAppDelegate {
    PKPushRegistry *_registry;
    WRPushes *_pushes;
}

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)launchOptions {
    CXProvider *provider = [[CXProvider alloc] initWithConfiguration:[[CXProviderConfiguration alloc] init]];
    _pushes = [[WRPushes alloc] initWithProvider:provider store:[WRStore shared]];
    _registry = [[PKPushRegistry alloc] initWithQueue:nil];
    _registry.delegate = _pushes;
    _registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
    return YES;
}

@end
