#import "KNAppDelegate.h"
#import "KNPushes.h"

@implementation KNAppDelegate {
    PKPushRegistry *_registry;
    KNPushes *_pushes;
}

- (BOOL)application:(UIApplication *)application didFinishLaunchingWithOptions:(NSDictionary *)launchOptions {
    CXProvider *provider = [[CXProvider alloc] initWithConfiguration:[[CXProviderConfiguration alloc] init]];
    _pushes = [[KNPushes alloc] initWithProvider:provider];
    _registry = [[PKPushRegistry alloc] initWithQueue:nil];
    _registry.delegate = _pushes;
    _registry.desiredPushTypes = [NSSet setWithObject:PKPushTypeVoIP];
    return YES;
}

@end
