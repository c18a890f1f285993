// A report that comes first in an @try has been made when something raises;
// what may raise before it leaves the way into the @catch open.
// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-unreported-path' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

@interface ReportsFirst : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation ReportsFirst

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    @try {
        NSLog(@"push");
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
        [self connect];
    } @catch (NSException *exception) {
        completion();
    }
}

@end

@interface ParsesFirst : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation ParsesFirst

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    @try {
        [self parse:payload.dictionaryPayload];
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
    } @catch (NSException *exception) {
        // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this path returns without calling {{.*}}[ringfence-unreported-path]
        completion();
    }
}

@end
