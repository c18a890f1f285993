// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-user-data-collection' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <CallKit/CallKit.h>
#import <CoreLocation/CoreLocation.h>
#import <PushKit/PushKit.h>
#import <UIKit/UIKit.h>

@interface Collects : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Collects

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
    CLLocationManager *locations = [[CLLocationManager alloc] init];
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: warning: {{.*}}reads the location{{.*}}[ringfence-user-data-collection]
    [locations requestLocation];
}

@end

// The device's own identifier is no secret of the user's.
@interface Identifies : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Identifies

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    NSLog(@"%@", [UIDevice currentDevice].identifierForVendor.UUIDString);
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

@end
