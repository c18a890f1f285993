// Where "a != b" has been answered, so has "a == b".
// RUN: cd "%S" && %not %ringfence check --checks='-*,ringfence-unreported-path' "%s" | %FileCheck "%s" --implicit-check-not='[ringfence-'

#import <CallKit/CallKit.h>
#import <PushKit/PushKit.h>

typedef NS_ENUM(NSInteger, Kind) { KindCall, KindRing, KindText };

@interface Pushes : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Pushes

- (void)report:(void (^)(void))completion {
    [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                          update:[[CXCallUpdate alloc] init]
                                      completion:^(NSError *error) {
                                          completion();
                                      }];
}

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    Kind kind = [payload.dictionaryPayload[@"kind"] integerValue];
    if (kind != KindText) {
        [self report:completion];
    } else if ((kind == KindText)) {
        [self report:completion];
    }
}

@end

@interface Others : NSObject <PKPushRegistryDelegate>
@property (nonatomic, strong) CXProvider *provider;
@end

@implementation Others

- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    Kind kind = [payload.dictionaryPayload[@"kind"] integerValue];
    if (kind == KindCall) {
        [self.provider reportNewIncomingCallWithUUID:[NSUUID UUID]
                                              update:[[CXCallUpdate alloc] init]
                                          completion:^(NSError *error) {
                                              completion();
                                          }];
    }
    // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this path returns without calling {{.*}}[ringfence-unreported-path]
}

@end
